package io.kraft.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

import io.kraft.spring.boot.autoconfigure.property.Overrides;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Refuses properties {@code kraft.*} that do not exist, before anything runs: with a
 * misspelt one the default would silently apply. A property exists if Spring Boot's
 * binding of any {@code @ConfigurationProperties} bean of that prefix looks for it.
 * Boot's own {@code ignoreUnknownFields = false} knows one bean only, and refuses
 * properties that are empty. Environment variables are not checked, because Kubernetes
 * sets {@code KRAFT_…} for a service of that name.
 * <p>
 * Names of steps and workflows that this application does not have are warned of: a file
 * may be shared by several applications.
 */
final class UnknownPropertyCheck implements SmartInitializingSingleton {

	private static final Logger log = LoggerFactory.getLogger(UnknownPropertyCheck.class);

	static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("kraft");

	private final ConfigurableListableBeanFactory beanFactory;

	private final Environment environment;

	private final Overrides overrides;

	UnknownPropertyCheck(ConfigurableListableBeanFactory beanFactory, Environment environment, Overrides overrides) {
		this.beanFactory = beanFactory;
		this.environment = environment;
		this.overrides = overrides;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.overrides.warnings().forEach(log::warn);
		List<PropertiesBean> beans = beans();
		Set<ConfigurationPropertyName> known = known(beans);
		Map<ConfigurationPropertyName, ConfigurationProperty> unknown = new TreeMap<>();
		StreamSupport.stream(ConfigurationPropertySources.get(this.environment).spliterator(), false)
			.filter((source) -> !(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource))
			.forEach((source) -> collect(source, known, unknown));
		if (!unknown.isEmpty()) {
			DeclaredProperties declared = new DeclaredProperties();
			beans.forEach((bean) -> declared.add(bean.prefix(), bean.type()));
			throw new UnknownPropertiesException(unknown.values(), declared);
		}
	}

	private static void collect(ConfigurationPropertySource source, Set<ConfigurationPropertyName> known,
			Map<ConfigurationPropertyName, ConfigurationProperty> unknown) {
		if (source instanceof IterableConfigurationPropertySource names) {
			names.stream().filter((name) -> PREFIX.isAncestorOf(name) && !known.contains(name)).forEach((name) -> {
				ConfigurationProperty property = source.getConfigurationProperty(name);
				if (property != null) {
					unknown.putIfAbsent(name, property);
				}
			});
		}
	}

	private Set<ConfigurationPropertyName> known(List<PropertiesBean> beans) {
		SoughtProperties sought = new SoughtProperties();
		Binder binder = Binder.get(this.environment);
		beans.forEach((bean) -> binder.bind(bean.prefix(), Bindable.of(bean.type()), sought));
		return sought.names();
	}

	private List<PropertiesBean> beans() {
		List<PropertiesBean> beans = new ArrayList<>();
		for (String name : this.beanFactory.getBeanNamesForAnnotation(ConfigurationProperties.class)) {
			ConfigurationProperties annotation = this.beanFactory.findAnnotationOnBean(name,
					ConfigurationProperties.class, false);
			Class<?> type = this.beanFactory.getType(name, false);
			if (annotation != null && type != null) {
				String prefix = annotation.prefix();
				if (prefix.equals(PREFIX.toString()) || prefix.startsWith(PREFIX + ".")) {
					beans.add(new PropertiesBean(ConfigurationPropertyName.of(prefix), type));
				}
			}
		}
		return beans;
	}

	/**
	 * A bean that has properties of Kraft's prefix, or of one below it.
	 */
	private record PropertiesBean(ConfigurationPropertyName prefix, Class<?> type) {
	}

}
