package io.irpc.payload;

import java.util.HashMap;
import java.util.Map;

import io.irpc.annotation.IrpcSensitive;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.TreeNode;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.jsontype.NamedType;

/**
 * Finds the members of types the way Jackson does, in one direction of conversion.
 */
final class MemberTrees {

	static final MemberTree EMPTY = new MemberTree();

	private final MapperConfig<?> config;

	private final Introspection introspection;

	private final Map<JavaType, MemberTree> trees = new HashMap<>();

	MemberTrees(MapperConfig<?> config, Introspection introspection) {
		this.config = config;
		this.introspection = introspection;
	}

	synchronized MemberTree of(JavaType type) {
		if (type.isMapLikeType()) {
			return map(type);
		}
		JavaType content = type.getContentType();
		if (content != null) {
			return of(content);
		}
		return isValue(type) ? EMPTY : bean(type);
	}

	private static boolean isValue(JavaType type) {
		Class<?> raw = type.getRawClass();
		return type.isPrimitive() || type.isEnumType() || raw.getName().startsWith("java.")
				|| TreeNode.class.isAssignableFrom(raw) || raw == Payload.class;
	}

	private MemberTree map(JavaType type) {
		MemberTree tree = this.trees.get(type);
		if (tree == null) {
			tree = new MemberTree();
			this.trees.put(type, tree);
			tree.setEntries(of(type.getContentType()));
		}
		return tree;
	}

	private MemberTree bean(JavaType type) {
		MemberTree known = this.trees.get(type);
		if (known != null) {
			return known;
		}
		ClassIntrospector introspector = this.config.classIntrospectorInstance();
		AnnotatedClass annotations = introspector.introspectClassAnnotations(type);
		BeanDescription description = this.introspection.describe(introspector, type, annotations);
		AnnotatedMember value = description.findJsonValueAccessor();
		if (value != null && !value.getType().equals(type)) {
			return of(value.getType());
		}
		MemberTree tree = new MemberTree();
		this.trees.put(type, tree);
		addMembers(description, tree);
		for (NamedType subtype : this.config.getSubtypeResolver()
			.collectAndResolveSubtypesByClass(this.config, annotations)) {
			JavaType javaType = this.config.constructType(subtype.getType());
			addMembers(this.introspection.describe(introspector, javaType,
					introspector.introspectClassAnnotations(javaType)), tree);
		}
		return tree;
	}

	private void addMembers(BeanDescription description, MemberTree tree) {
		for (BeanPropertyDefinition property : description.findProperties()) {
			IrpcSensitive annotation = Sensitivity.of(property);
			tree.add(property.getName(), new MemberTree.Member(property.getInternalName(), annotation != null,
					(annotation != null) ? annotation.authority() : "", of(property.getPrimaryType())));
		}
	}

	/**
	 * Describes a type for reading or for writing.
	 */
	@FunctionalInterface
	interface Introspection {

		BeanDescription describe(ClassIntrospector introspector, JavaType type, @Nullable AnnotatedClass annotations);

	}

}
