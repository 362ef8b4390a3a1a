package io.irpc.test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.irpc.annotation.IrpcEventListener;
import io.irpc.annotation.IrpcService;
import io.irpc.client.ClientCredentials;
import io.irpc.service.ArgumentResolver;
import io.irpc.session.CommandHandler;
import io.irpc.session.ErrorResponseResolver;
import io.irpc.session.InvocationInterceptor;
import io.irpc.session.SessionListener;
import tools.jackson.databind.JacksonModule;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/**
 * Excludes the components that tests with {@link IrpcTest} do not start.
 */
final class IrpcTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<IrpcTest> {

	private static final Set<Class<?>> KNOWN = Set.of(ArgumentResolver.class, ClientCredentials.class,
			CommandHandler.class, ErrorResponseResolver.class, InvocationInterceptor.class, JacksonModule.class,
			SessionListener.class);

	private static final String JACKSON_COMPONENT = "org.springframework.boot.jackson.JacksonComponent";

	private final Set<Class<?>> services;

	IrpcTypeExcludeFilter(Class<?> testClass) {
		super(testClass);
		this.services = Set.of(getAnnotation().getClassArray("services"));
	}

	@Override
	protected Set<Class<?>> getKnownIncludes() {
		return KNOWN;
	}

	@Override
	protected Set<Class<?>> getComponentIncludes() {
		return this.services;
	}

	@Override
	protected boolean defaultInclude(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
		return super.defaultInclude(reader, factory)
				|| (this.services.isEmpty()
						&& isInHierarchy(reader, factory, (type) -> type.isAnnotated(IrpcService.class.getName())))
				|| isInHierarchy(reader, factory, (type) -> type.hasAnnotatedMethods(IrpcEventListener.class.getName()))
				|| reader.getAnnotationMetadata().isAnnotated(JACKSON_COMPONENT);
	}

	private static boolean isInHierarchy(MetadataReader reader, MetadataReaderFactory factory,
			Predicate<AnnotationMetadata> condition) throws IOException {
		AnnotationMetadata type = reader.getAnnotationMetadata();
		if (condition.test(type)) {
			return true;
		}
		List<String> parents = new ArrayList<>(List.of(type.getInterfaceNames()));
		String superclass = type.getSuperClassName();
		if (superclass != null) {
			parents.add(superclass);
		}
		for (String parent : parents) {
			if (!parent.startsWith("java.") && isInHierarchy(factory.getMetadataReader(parent), factory, condition)) {
				return true;
			}
		}
		return false;
	}

}
