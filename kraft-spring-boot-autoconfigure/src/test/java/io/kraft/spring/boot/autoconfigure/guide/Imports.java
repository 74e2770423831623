package io.kraft.spring.boot.autoconfigure.guide;

import java.util.List;

import io.kraft.workflow.Step;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.Workflow;

import org.springframework.stereotype.Service;

@Service
class Imports {

	private final Shop shop;

	Imports(Shop shop) {
		this.shop = shop;
	}

	@Workflow(name = "import", id = "#file")
	int load(String file) {
		return importRows(file);
	}

	@Step(name = "import-rows", timeout = "1h")
	int importRows(String file) {
		StepContext step = StepContext.current();
		int done = step.lastHeartbeat(Integer.class).orElse(0);
		for (String row : this.shop.rows(file, done)) {
			this.shop.save(row);
			step.heartbeat(++done);
		}
		return done;
	}

	interface Shop {

		/** The rows of a file from a row on. */
		List<String> rows(String file, int from);

		void save(String row);

	}

}
