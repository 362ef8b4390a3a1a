package io.irpc.service;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcService;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which methods become functions, and under which names.
 */
class PublishingTests {

	private static final List<String> PREDEFINED = List.of("getEventList", "getFunctionList", "whaticando", "whoami");

	private final ApplicationContextRunner runner = ServerRunner.of();

	@Test
	void whenClassIsAnnotatedThenItsPublicMethodsArePublished() {
		this.runner.withUserConfiguration(Stock.class).run((context) -> {
			assertThat(published(context)).containsExactly("inherited", "open");
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:inherited\titems=[{\"name\":\"nut\"}]")).isEqualTo(">1\t\t\"nut\"");
			}
		});
	}

	@Test
	void whenInterfaceIsAnnotatedThenOnlyItsMethodsArePublished() {
		this.runner.withUserConfiguration(ErrorServiceBean.class).run((context) -> {
			assertThat(published(context)).containsExactly("errors.count", "errors.list");
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:errors.list")).isEqualTo(">1\t\t[\"one\"]");
				assertThat(client.ask("!call@2\tfn:errors.count")).isEqualTo(">2\t\t1");
			}
		});
	}

	@Test
	void whenFunctionsAreAnnotatedThenTheyAreRenamedHiddenAndDocumented() {
		this.runner.withUserConfiguration(Documented.class).run((context) -> {
			assertThat(published(context)).containsExactly("docs.plain", "docs.renamed");
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:docs.renamed\t=2")).isEqualTo(">1\t\t4");
				assertThat(client.ask("!help@2\tfn:docs.renamed"))
					.isEqualTo(">2\t\t\"docs.renamed(number)\\n\\nDoubles a number.\"");
				assertThat(client.ask("!help@3\tfn:docs.plain")).isEqualTo(">3\t\t\"docs.plain()\"");
				assertThat(client.ask("!call@4\tfn:docs.hidden"))
					.isEqualTo(">4\tException\t\"docs.hidden is not a registered function!\"");
			}
		});
	}

	@Test
	void whenMethodHasABridgeThenItIsPublishedOnceWithItsOwnTypes() {
		this.runner.withUserConfiguration(ItemStore.class).run((context) -> {
			assertThat(published(context)).containsExactly("store");
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:store\titem={\"name\":\"bolt\"}")).isEqualTo(">1\t\t\"bolt\"");
			}
		});
	}

	@Test
	void whenInterfaceIsGenericThenItsTypesAreThoseOfTheBean() {
		this.runner.withUserConfiguration(GenericInterfaceBean.class).run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:generic.first\titems=[{\"name\":\"nut\"}]"))
					.isEqualTo(">1\t\t\"nut\"");
			}
		});
	}

	@Test
	void whenNothingIsAnnotatedThenOnlyThePredefinedFunctionsArePublished() {
		this.runner.withUserConfiguration(NotAService.class)
			.run((context) -> assertThat(context.getBean(ServiceMethodRegistry.class).names())
				.containsExactlyElementsOf(PREDEFINED));
	}

	private static SortedSet<String> published(ApplicationContext context) {
		SortedSet<String> names = new TreeSet<>(context.getBean(ServiceMethodRegistry.class).names());
		PREDEFINED.forEach(names::remove);
		return names;
	}

	static class PackagePrivateBase {

		public String inherited(List<Item> items) {
			return items.get(0).name();
		}

	}

	@IrpcService
	public static class Stock extends PackagePrivateBase {

		public int open() {
			return 1;
		}

		protected int guarded() {
			return 2;
		}

		int local() {
			return 3;
		}

		public static int ofClass() {
			return 4;
		}

		@Override
		public boolean equals(Object other) {
			return other == this;
		}

		@Override
		public int hashCode() {
			return 5;
		}

		@Override
		public String toString() {
			return "stock";
		}

	}

	@IrpcService("errors")
	interface ErrorService {

		List<String> list();

		default int count() {
			return list().size();
		}

	}

	static class ErrorServiceBean implements ErrorService {

		@Override
		public List<String> list() {
			return List.of("one");
		}

		public void deleteEverything() {
		}

	}

	@IrpcService("docs")
	static class Documented {

		@IrpcFunction(value = "renamed", description = "Doubles a number.")
		public int original(int number) {
			return number * 2;
		}

		@IrpcFunction(exclude = true)
		public int hidden() {
			return 0;
		}

		public int plain() {
			return 0;
		}

	}

	interface Store<T> {

		String store(T item);

	}

	record Item(String name) {

	}

	@IrpcService
	static class ItemStore implements Store<Item> {

		@Override
		public String store(Item item) {
			return item.name();
		}

	}

	interface First<T> {

		String first(List<T> items);

	}

	@IrpcService("generic")
	interface ItemFirst extends First<Item> {

	}

	static class GenericInterfaceBean implements ItemFirst {

		@Override
		public String first(List<Item> items) {
			return items.get(0).name();
		}

	}

	static class NotAService {

		public void business() {
		}

	}

}
