package io.kraft.spring.boot.web;

import java.lang.reflect.Type;
import java.security.Principal;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;

import io.kraft.client.WorkflowDescription;
import io.kraft.workflow.ThrowingRunnable;
import io.kraft.workflow.TypeRef;
import org.jspecify.annotations.Nullable;

/**
 * Exposes a workflow of the application's own as a typed route, by a bean of one line:
 *
 * <pre class="code">
 * &#64;Bean
 * WorkflowRoutes orderRoutes(OrderWorkflow orders) {
 *     return WorkflowRoutes.of("/orders", Order.class, orders::process, Order::id);
 * }
 * </pre>
 *
 * {@code POST /orders} reads and validates an order, and starts its run: 202, or 200 if
 * the id exists, with the {@code Location} of the run. {@code GET /orders/{id}} answers
 * its status and its result. The application secures these routes, as its controllers.
 * Immutable.
 */
public final class WorkflowRoutes {

	private final String path;

	private final Type type;

	private final WorkflowMethod<@Nullable Object> workflow;

	private final @Nullable Function<Object, @Nullable String> id;

	private final Function<@Nullable Principal, Map<String, String>> tags;

	private final BiPredicate<@Nullable Principal, WorkflowDescription> owner;

	private WorkflowRoutes(String path, Type type, WorkflowMethod<@Nullable Object> workflow,
			@Nullable Function<Object, @Nullable String> id, Function<@Nullable Principal, Map<String, String>> tags,
			BiPredicate<@Nullable Principal, WorkflowDescription> owner) {
		if (!path.startsWith("/") || path.endsWith("/")) {
			throw new IllegalArgumentException("The path of a workflow's routes begins with a slash and does not end "
					+ "with one, such as /orders, but is '" + path + "'");
		}
		this.path = path;
		this.type = type;
		this.workflow = workflow;
		this.id = id;
		this.tags = tags;
		this.owner = owner;
	}

	private static WorkflowRoutes ofAll(String path, Type type, WorkflowMethod<@Nullable Object> workflow,
			@Nullable Function<Object, @Nullable String> id) {
		return new WorkflowRoutes(path, type, workflow, id, (caller) -> Map.of(), (caller, run) -> true);
	}

	/**
	 * Routes whose runs have the id of the workflow's {@code id} expression, else a
	 * random one.
	 * @param path such as {@code /orders}
	 * @param type of the body
	 * @param workflow the method of the bean, as {@code orders::process}
	 */
	public static <A> WorkflowRoutes of(String path, Class<A> type, WorkflowMethod<A> workflow) {
		return ofAll(path, type, cast(workflow), null);
	}

	/**
	 * As {@link #of(String, Class, WorkflowMethod)}, for a type with type arguments.
	 */
	public static <A> WorkflowRoutes of(String path, TypeRef<A> type, WorkflowMethod<A> workflow) {
		return ofAll(path, type.type(), cast(workflow), null);
	}

	/**
	 * Routes whose runs have an id that is taken from the body: the same body, sent
	 * twice, is the same run.
	 * @param id such as {@code Order::id}; where it answers null, the request is refused
	 */
	public static <A> WorkflowRoutes of(String path, Class<A> type, WorkflowMethod<A> workflow,
			Function<? super A, @Nullable String> id) {
		return ofAll(path, type, cast(workflow), ofBody(id));
	}

	/**
	 * The same routes, which show a run only to its owner. To others it does not exist:
	 * {@code GET} is 404, and {@code POST} with its id is refused as with the id of
	 * another workflow's run.
	 * @param owner whether a caller, null if it is not authenticated, may see a run; such
	 * as by a tag
	 * @see #taggedBy
	 */
	public WorkflowRoutes ownedBy(BiPredicate<@Nullable Principal, WorkflowDescription> owner) {
		return new WorkflowRoutes(this.path, this.type, this.workflow, this.id, this.tags, owner);
	}

	/**
	 * The same routes, whose runs get tags from the caller that starts them, null if it
	 * is not authenticated. Tags are stored as they are, and shown by the web API.
	 */
	public WorkflowRoutes taggedBy(Function<@Nullable Principal, Map<String, String>> tags) {
		return new WorkflowRoutes(this.path, this.type, this.workflow, this.id, tags, this.owner);
	}

	/**
	 * As {@link #of(String, Class, WorkflowMethod, Function)}, for a type with type
	 * arguments.
	 */
	public static <A> WorkflowRoutes of(String path, TypeRef<A> type, WorkflowMethod<A> workflow,
			Function<? super A, @Nullable String> id) {
		return ofAll(path, type.type(), cast(workflow), ofBody(id));
	}

	// The body is read as an A; null only where the call is recorded and not made.
	@SuppressWarnings({ "unchecked", "NullAway" })
	private static <A> WorkflowMethod<@Nullable Object> cast(WorkflowMethod<A> workflow) {
		return (argument) -> workflow.call((A) argument);
	}

	@SuppressWarnings("unchecked") // The body is read as an A.
	private static <A> Function<Object, @Nullable String> ofBody(Function<? super A, @Nullable String> id) {
		return (argument) -> id.apply((A) argument);
	}

	String path() {
		return this.path;
	}

	Type type() {
		return this.type;
	}

	ThrowingRunnable call(@Nullable Object argument) {
		return () -> this.workflow.call(argument);
	}

	@Nullable Function<Object, @Nullable String> id() {
		return this.id;
	}

	Map<String, String> tags(@Nullable Principal caller) {
		return this.tags.apply(caller);
	}

	boolean isOwner(@Nullable Principal caller, WorkflowDescription run) {
		return this.owner.test(caller, run);
	}

	/**
	 * A method of a {@code @Workflow} bean. What it returns is journaled, and not needed
	 * here.
	 *
	 * @param <A> type of its argument
	 */
	@FunctionalInterface
	public interface WorkflowMethod<A extends @Nullable Object> {

		/**
		 * Calls the method.
		 * @throws Exception that the method declares
		 */
		void call(A argument) throws Exception;

	}

}
