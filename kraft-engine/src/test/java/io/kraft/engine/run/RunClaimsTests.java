package io.kraft.engine.run;

import java.util.ArrayList;
import java.util.List;

import io.kraft.engine.reliability.Proves;
import io.kraft.engine.testing.Interleavings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static io.kraft.engine.testing.Interleavings.check;

/**
 * Claims in every order in which starts with the same id can meet.
 */
@Proves(fault = "Threads meet in the claims on runs, in any order (Lincheck)",
		promise = "The outcome is that of some order one by one")
@Tag("interleavings")
class RunClaimsTests {

	@Test
	void startsWithOneIdDecideOneAfterTheOther() {
		Interleavings.explore(() -> {
			RunClaims claims = new RunClaims();
			List<String> log = new ArrayList<>();
			Runnable start = () -> claims.whileClaimed("order-7", () -> {
				log.add("begin");
				return log.add("end");
			});

			Interleavings.inParallel(start, start, start);

			check(log.equals(List.of("begin", "end", "begin", "end", "begin", "end")), "no starts overlap: " + log);
		});
	}

}
