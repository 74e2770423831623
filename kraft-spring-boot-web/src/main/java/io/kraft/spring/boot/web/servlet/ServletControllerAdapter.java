package io.kraft.spring.boot.web.servlet;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

import io.kraft.spring.boot.web.Admission;
import io.kraft.spring.boot.web.ApiController;
import io.kraft.spring.boot.web.ApiRequest;
import io.kraft.spring.boot.web.Caller;
import io.kraft.spring.boot.web.Permit;
import io.kraft.spring.boot.web.Refusal;
import io.kraft.spring.boot.web.TransferMemory.Transfer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.context.request.async.WebAsyncUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerAdapter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.method.annotation.ExceptionHandlerExceptionResolver;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.ServletInvocableHandlerMethod;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Calls Kraft's controllers and answers what they throw, as Spring does it for any other,
 * but with converters of its own, on threads that may block, and without the advice of
 * the application. A request is admitted before its body is read.
 */
final class ServletControllerAdapter implements HandlerAdapter, HandlerExceptionResolver, Ordered {

	private static final String REFUSAL = ServletControllerAdapter.class.getName() + ".REFUSAL";

	private final Admission admission;

	private final RequestMappingHandlerAdapter controllers = new RequestMappingHandlerAdapter() {

		@Override
		protected ServletInvocableHandlerMethod createInvocableHandlerMethod(HandlerMethod method) {
			return (method instanceof AdmittedMethod admitted)
					? admitted
						.calledBy(ServletControllerAdapter.this.admission.executor((ApiController) method.getBean()))
					: super.createInvocableHandlerMethod(method);
		}

	};

	private final ExceptionHandlerExceptionResolver problems = new ExceptionHandlerExceptionResolver();

	ServletControllerAdapter(Admission admission) {
		this.admission = admission;
		List<HttpMessageConverter<?>> converters = List.of(new BoundedConverter(admission.maxRequestBytes()),
				new StringHttpMessageConverter());
		// It is searched for advice, of which it has none.
		GenericApplicationContext empty = new GenericApplicationContext();
		empty.refresh();
		this.controllers.setApplicationContext(empty);
		this.controllers.setMessageConverters(converters);
		// Answers have bounds of their own.
		this.controllers.setAsyncRequestTimeout(0);
		this.controllers.afterPropertiesSet();
		this.problems.setApplicationContext(empty);
		this.problems.setMessageConverters(converters);
		this.problems.afterPropertiesSet();
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public boolean supports(Object handler) {
		return handler instanceof HandlerMethod method && method.getBean() instanceof ApiController;
	}

	@Override
	public @Nullable ModelAndView handle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws Exception {
		HandlerMethod method = (HandlerMethod) handler;
		if (WebAsyncUtils.getAsyncManager(request).hasConcurrentResult()) {
			// A refusal is written as what it is, not as what the method would return.
			return answer(request, response, method,
					(request.getAttribute(REFUSAL) instanceof HandlerMethod refusal) ? refusal : method);
		}
		try {
			Permit permit = this.admission.admit(method, apiRequest(request));
			return admitted(request, response, method, permit, this.admission.body(method, apiRequest(request)));
		}
		catch (RuntimeException ex) {
			if (request.isAsyncStarted() || BodyReader.hasArrived(request)) {
				throw ex;
			}
			HandlerMethod refusal = Refusal.method(ex);
			request.setAttribute(REFUSAL, refusal);
			return afterBody(request, response, refusal, Permit.NONE, BodyReader.discarding(request));
		}
	}

	/**
	 * Writes an answer, by a thread of the server that blocks while the reader does not
	 * take it.
	 */
	private @Nullable ModelAndView answer(HttpServletRequest request, HttpServletResponse response,
			HandlerMethod method, HandlerMethod answered) throws Exception {
		try (Transfer answer = this.admission.answer(method, apiRequest(request))) {
			// What was changed is answered in any case; that is small.
			if (request.getMethod().equals(HttpMethod.GET.name())
					&& WebAsyncUtils.getAsyncManager(request).getConcurrentResult() instanceof ResponseEntity<?> entity
					&& entity.getBody() instanceof byte[] bytes) {
				answer.take(bytes.length);
			}
			return this.controllers.handle(request, response, answered);
		}
	}

	private @Nullable ModelAndView admitted(HttpServletRequest request, HttpServletResponse response,
			HandlerMethod method, Permit admission, Transfer body) throws Exception {
		Permit permit = () -> {
			body.close();
			admission.close();
		};
		try {
			resolveVariables(request);
			if (BodyReader.hasArrived(request)) {
				return this.controllers.handle(request, response, new AdmittedMethod(method, permit, null));
			}
			return afterBody(request, response, method, permit, Admission.takesBody(method)
					? BodyReader.of(request, body, this.admission.maxRequestBytes(), this.admission.bodyTimeout())
					: BodyReader.discarding(request));
		}
		finally {
			if (!request.isAsyncStarted()) {
				permit.close();
			}
		}
	}

	private @Nullable ModelAndView afterBody(HttpServletRequest request, HttpServletResponse response,
			HandlerMethod method, Permit permit, BodyReader reader) throws Exception {
		ApiController controller = (ApiController) method.getBean();
		// The threads that notice a late body are not ours.
		Executor executor = controller.answersImmediately() ? this.admission.api().executor()
				: this.admission.executor(controller);
		AdmittedMethod later = new AdmittedMethod(method, permit, reader.body(executor));
		ModelAndView answer = this.controllers.handle(request, response, later);
		reader.start();
		return answer;
	}

	@SuppressWarnings("unchecked")
	private static void resolveVariables(HttpServletRequest request) {
		String attribute = HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE;
		Map<String, String> inPath = (Map<String, String>) request.getAttribute(attribute);
		request.setAttribute(attribute,
				ApiRequest.variables((inPath != null) ? inPath : Map.of(), request::getParameter));
	}

	@Override
	public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception failure) {
		if (handler == null || !supports(handler)) {
			return null;
		}
		apiRequest(request);
		return response.isCommitted() ? new ModelAndView()
				: this.problems.resolveException(request, response, handler, failure);
	}

	/** It is a request attribute, too. */
	ApiRequest apiRequest(HttpServletRequest servletRequest) {
		if (servletRequest.getAttribute(ApiRequest.ATTRIBUTE) instanceof ApiRequest known) {
			return known;
		}
		ServletServerHttpRequest request = new ServletServerHttpRequest(servletRequest);
		Principal principal = request.getPrincipal();
		Caller caller = Caller.of(principal, servletRequest.getRemoteAddr(), servletRequest.getLocalAddr(),
				new SentHeaders(servletRequest),
				(principal != null) ? new SessionEnd(servletRequest.getSession(false)) : () -> false);
		ApiRequest made = this.admission.request(request.getMethod(), request.getURI(),
				ServletRequestPathUtils.parseAndCache(servletRequest).contextPath().value(), request.getHeaders(),
				caller);
		servletRequest.setAttribute(ApiRequest.ATTRIBUTE, made);
		return made;
	}

}
