package io.kraft.spring.boot.web;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowAlreadyExistsException;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.supervision.Futures;
import io.kraft.engine.operation.CallCapture;
import io.kraft.spring.boot.web.IdempotentStarts.Started;
import io.kraft.spring.boot.web.InvalidFieldsException.FieldError;
import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.InvalidDefinitionException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The routes of one {@link WorkflowRoutes}. They show runs of their own workflow only,
 * and of a failure only that there is one: the caller is a customer of the application,
 * not its operator.
 */
final class WorkflowRouteController extends ApiController {

	private final WorkflowRoutes declared;

	private final String workflow;

	private final WorkflowClient client;

	private final Arguments arguments;

	private final @Nullable Validator validator;

	private final RunResult results;

	private final Duration maxWait;

	private final RunLocations runs;

	/**
	 * The controller of declared routes.
	 * @throws InvalidDefinitionException if their method is not a workflow's
	 */
	WorkflowRouteController(WorkflowRoutes declared, WorkflowClient client, Arguments arguments,
			@Nullable Validator validator, RunResult results, Duration maxWait) {
		this.declared = declared;
		this.workflow = nameOf(declared);
		this.client = client;
		this.arguments = arguments;
		this.validator = validator;
		this.results = results;
		this.maxWait = maxWait;
		this.runs = new RunLocations(declared.path());
	}

	/** The method is called to be recorded, as the start of a run does it. */
	private static String nameOf(WorkflowRoutes declared) {
		try {
			return CallCapture.ofWorkflow(() -> {
				declared.call(null).run();
				return null;
			}).workflow().name();
		}
		catch (InvalidCallException ex) {
			throw new InvalidDefinitionException("the routes at '" + declared.path()
					+ "' need a @Workflow method of a Spring bean, given as a method "
					+ "reference such as orders::process. See docs/reference/errors.md#kraft-1003", ex);
		}
	}

	String path() {
		return this.declared.path();
	}

	@Override
	protected boolean isGuarded() {
		return false;
	}

	@PostMapping
	ResponseEntity<byte[]> start(@RequestBody(required = false) byte @Nullable [] body,
			@RequestAttribute ApiRequest kraftRequest) {
		Object argument = this.arguments.read(body, this.declared.type());
		validate(argument);
		StartOptions options = options(argument).tags(this.declared.tags(kraftRequest.caller().principal()));
		Started started = IdempotentStarts.start(options,
				(these) -> this.client.start(these, this.declared.call(argument)));
		WorkflowDescription run = this.client.handle(started.id()).describe();
		if (!started.isNew() && !isShown(run, kraftRequest)) {
			// As the engine refuses the id of another workflow's run.
			throw new WorkflowAlreadyExistsException("the id of the run is not available");
		}
		return Answers.located(started.status(), Shown.of(run, null), this.runs.of(started.id(), kraftRequest));
	}

	private void validate(Object argument) {
		if (this.validator != null && this.validator.supports(argument.getClass())) {
			Errors errors = this.validator.validateObject(argument);
			if (errors.hasErrors()) {
				throw new InvalidFieldsException(errors.getFieldErrors()
					.stream()
					.map((error) -> new FieldError(error.getField(), String.valueOf(error.getDefaultMessage())))
					.toList());
			}
		}
	}

	private StartOptions options(Object argument) {
		Function<Object, @Nullable String> idOf = this.declared.id();
		if (idOf == null) {
			return StartOptions.defaults();
		}
		String id = idOf.apply(argument);
		if (id == null) {
			throw RequestRefusedException.malformed("the body has no id");
		}
		try {
			return StartOptions.defaults().id(id);
		}
		catch (IllegalArgumentException | InvalidCallException ex) {
			throw RequestRefusedException.malformed(String.valueOf(ex.getMessage()));
		}
	}

	@GetMapping("/{id}")
	CompletionStage<ResponseEntity<byte[]>> show(@PathVariable String id,
			@RequestParam MultiValueMap<String, String> parameters, @RequestAttribute ApiRequest kraftRequest) {
		Duration wait = Parameters.duration(parameters, "wait", this.maxWait);
		if (this.client.find(id).filter((run) -> isShown(run, kraftRequest)).isEmpty()) {
			throw new WorkflowNotFoundException("there is no run with the id '" + id + "' at this path", null, id);
		}
		return Futures.map(this.results.await(id, wait, kraftRequest.caller()),
				(standing) -> Answers.json(200, Shown.of(standing.run(), standing.result())));
	}

	private boolean isShown(WorkflowDescription run, ApiRequest request) {
		return run.name().equals(this.workflow) && this.declared.isOwner(request.caller().principal(), run);
	}

	/**
	 * What a run's customer sees of it.
	 *
	 * @param result as it was journaled; left out while there is none
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Shown(String id, WorkflowStatus status, @JsonRawValue @Nullable String result) {

		static Shown of(WorkflowDescription run, @Nullable String result) {
			return new Shown(run.id(), run.status(), result);
		}

	}

}
