package io.irpc.session;

import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SubmissionPublisher;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of {@link ResultKind} and {@link ConstantOfClass}.
 */
class ResultKindTests {

	@Test
	void whatBecomesOfAResultIsToldByItsClass() {
		assertThat(ResultKind.of(null)).isEqualTo(ResultKind.VALUE);
		assertThat(ResultKind.of(List.of())).isEqualTo(ResultKind.VALUE);
		assertThat(ResultKind.of(new CompletableFuture<>() {
		})).isEqualTo(ResultKind.STAGE);
		try (SubmissionPublisher<String> publisher = new SubmissionPublisher<>()) {
			assertThat(ResultKind.of(publisher)).isEqualTo(ResultKind.ELEMENTS);
		}
	}

	@Test
	void whenNobodyUsesTheLibraryAnyMoreThenClassesOfOthersDoNotKeepIt() throws Exception {
		WeakReference<ClassLoader> library = useAnother();
		await().until(() -> {
			System.gc();
			return library.get() == null;
		});
	}

	private static WeakReference<ClassLoader> useAnother() throws Exception {
		URL[] classes = { ResultKind.class.getProtectionDomain().getCodeSource().getLocation() };
		try (URLClassLoader loader = new URLClassLoader(classes, ClassLoader.getPlatformClassLoader())) {
			Class<?> kind = Class.forName(ResultKind.class.getName(), true, loader);
			assertThat(kind).isNotEqualTo(ResultKind.class);
			Method of = kind.getDeclaredMethod("of", Object.class);
			of.setAccessible(true);
			assertThat(of.invoke(null, "text")).hasToString("VALUE");
			return new WeakReference<>(loader);
		}
	}

}
