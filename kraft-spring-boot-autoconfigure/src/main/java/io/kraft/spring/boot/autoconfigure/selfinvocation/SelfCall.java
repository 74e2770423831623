package io.kraft.spring.boot.autoconfigure.selfinvocation;

import java.lang.reflect.Method;
import java.util.Map;

import io.kraft.spring.boot.autoconfigure.definition.DurableMethod;
import io.kraft.spring.boot.autoconfigure.definition.DurableType;
import io.kraft.spring.boot.autoconfigure.definition.InvocableMethod;
import org.jspecify.annotations.Nullable;

import org.springframework.cglib.proxy.MethodInterceptor;
import org.springframework.cglib.proxy.MethodProxy;

/**
 * Sends the calls that one object makes on itself through its proxy, with all the advice
 * of it; the call that comes from there goes to the user's code. Before there is a proxy
 * (in the constructor, in {@code @PostConstruct}) a call is a plain one.
 */
public final class SelfCall implements MethodInterceptor {

	private final DurableType type;

	private final RealCall realCall;

	private volatile @Nullable Reentry reentry;

	SelfCall(DurableType type, RealCall realCall) {
		this.type = type;
		this.realCall = realCall;
	}

	/**
	 * From now on calls go through a proxy.
	 * @param methods by the method that the user's class has
	 */
	public void goThrough(Object proxy, Map<Method, InvocableMethod> methods) {
		this.reentry = new Reentry(proxy, methods);
	}

	@Override
	public @Nullable Object intercept(Object self, Method method, @Nullable Object[] arguments, MethodProxy superMethod)
			throws Throwable {
		Reentry through = this.reentry;
		DurableMethod durable = this.type.find(method);
		if (through == null || durable == null || this.realCall.take(self, durable.method())) {
			return superMethod.invokeSuper(self, arguments);
		}
		return through.call(durable.method(), arguments);
	}

	private record Reentry(Object proxy, Map<Method, InvocableMethod> methods) {

		@Nullable Object call(Method method, @Nullable Object[] arguments) throws Throwable {
			InvocableMethod invocable = this.methods.get(method);
			if (invocable == null) {
				throw new IllegalStateException("No way through the proxy to " + method.toGenericString());
			}
			return invocable.invoke(this.proxy, arguments);
		}

	}

}
