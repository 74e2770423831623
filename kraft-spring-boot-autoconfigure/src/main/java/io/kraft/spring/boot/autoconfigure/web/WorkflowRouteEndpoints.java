package io.kraft.spring.boot.autoconfigure.web;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.lifecycle.Futures;
import io.kraft.engine.operation.CallCapture;
import io.kraft.spring.boot.autoconfigure.web.IdempotentStarts.Started;
import io.kraft.spring.boot.autoconfigure.web.Problem.FieldError;
import io.kraft.spring.boot.autoconfigure.web.Route.Access;
import io.kraft.spring.boot.autoconfigure.web.Route.Handler;
import io.kraft.spring.boot.autoconfigure.web.RunResult.Standing;
import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.InvalidDefinitionException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;

/**
 * The routes of one {@link WorkflowRoutes}. They show runs of their own workflow only,
 * and of a failure only that there is one: the caller is a customer of the application,
 * not its operator.
 */
final class WorkflowRouteEndpoints {

	private final WorkflowRoutes declared;

	private final String workflow;

	private final WorkflowClient client;

	private final Arguments arguments;

	private final @Nullable Validator validator;

	private final RunResult results;

	private final Duration maxWait;

	/**
	 * The endpoints of declared routes.
	 * @throws InvalidDefinitionException if their method is not a workflow's
	 */
	WorkflowRouteEndpoints(WorkflowRoutes declared, WorkflowClient client, Arguments arguments,
			@Nullable Validator validator, RunResult results, Duration maxWait) {
		this.declared = declared;
		this.workflow = nameOf(declared);
		this.client = client;
		this.arguments = arguments;
		this.validator = validator;
		this.results = results;
		this.maxWait = maxWait;
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

	List<Route> routes() {
		return List.of(new Route(HttpMethod.POST, this.declared.path(), Access.APPLICATION, Handler.of(this::start)),
				new Route(HttpMethod.GET, this.declared.path() + "/{id}", Access.APPLICATION, this::show));
	}

	private Answer start(ApiRequest request) {
		Object argument = this.arguments.read(request, this.declared.type());
		validate(argument);
		Started started = IdempotentStarts.start(options(argument),
				(options) -> this.client.start(options, this.declared.call(argument)));
		return answer(started.status(), new Standing(this.client.handle(started.id()).describe(), null, null))
			.withHeader("Location", RunPath.of(request.contextPath() + this.declared.path(), started.id()));
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
		catch (IllegalArgumentException ex) {
			throw RequestRefusedException.malformed(String.valueOf(ex.getMessage()));
		}
	}

	private CompletionStage<Answer> show(ApiRequest request) {
		String id = request.variable("id");
		Duration wait = Parameters.duration(request, "wait", this.maxWait);
		if (this.client.find(id).filter((run) -> run.name().equals(this.workflow)).isEmpty()) {
			throw new WorkflowNotFoundException("there is no run with the id '" + id + "' at this path", null, id);
		}
		return Futures.map(this.results.await(id, wait), (standing) -> answer(200, standing));
	}

	private static Answer answer(int status, Standing standing) {
		return Answer.Content.json(status,
				WebJson.write(new Shown(standing.run().id(), standing.run().status(), standing.result())));
	}

	/**
	 * What a run's customer sees of it.
	 *
	 * @param result as it was journaled; left out while there is none
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Shown(String id, WorkflowStatus status, @JsonRawValue @Nullable String result) {
	}

}
