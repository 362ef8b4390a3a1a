package io.irpc.sample.daemon.ftp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.irpc.sample.daemon.support.DataDirectory;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPReply;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for uploads by FTP.
 */
@SpringBootTest(properties = { "spring.profiles.active=daemon", "sample.ftp.port=0", "irpc.server.port=0" })
@DirtiesContext
class FtpUploadTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final byte[] CONTENT = "north,2026-01-31T08:00:00Z,1\n".getBytes(StandardCharsets.UTF_8);

	@TempDir
	static Path root;

	@Autowired
	private FtpReceiver receiver;

	@Autowired
	private DataDirectory directory;

	private FTPClient client;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("sample.data-directory", () -> root);
	}

	@BeforeEach
	void connect() throws IOException {
		this.client = newClient();
		assertThat(this.client.login("sensor", "sensor")).isTrue();
		this.client.setFileType(FTP.BINARY_FILE_TYPE);
		this.client.enterLocalPassiveMode();
	}

	@AfterEach
	void disconnect() throws IOException {
		this.client.disconnect();
	}

	@Test
	void aCompleteUploadHasLeftTheInboxWhenTheClientIsTold() throws IOException {
		assertThat(store("complete.csv")).isTrue();
		assertThat(this.client.listNames()).doesNotContain("complete.csv", "complete.csv.part");
		awaitProcessed("complete.csv", 1);
	}

	@Test
	void anActiveUploadInAsciiIsAnUploadToo() throws IOException {
		this.client.enterLocalActiveMode();
		this.client.setFileType(FTP.ASCII_FILE_TYPE);
		assertThat(store("active.csv")).isTrue();
		awaitProcessed("active.csv", 1);
	}

	@Test
	void twoUploadsOfOneNameAreTwoFiles() throws IOException {
		assertThat(store("twice.csv")).isTrue();
		assertThat(store("twice.csv")).isTrue();
		awaitProcessed("twice.csv", 2);
	}

	@Test
	void anUploadIsNotTouchedBeforeItsEnd() throws IOException {
		try (OutputStream upload = this.client.storeFileStream("slow.csv")) {
			upload.write(CONTENT);
			upload.flush();
			passSomeTime("during-slow.csv");
			assertThat(processed("slow.csv")).isEmpty();
			assertThat(part("slow.csv")).exists();
			upload.write(CONTENT);
		}
		assertThat(this.client.completePendingCommand()).isTrue();
		List<Path> processed = awaitProcessed("slow.csv", 1);
		assertThat(processed.get(0)).hasSize(2L * CONTENT.length);
		assertThat(part("slow.csv")).doesNotExist();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void anUploadWhoseClientDiesIsNeverProcessed(boolean soon) throws IOException {
		String name = "dies-soon-" + soon + ".csv";
		try (OutputStream upload = this.client.storeFileStream(name)) {
			upload.write(CONTENT);
			upload.flush();
			Awaitility.await().atMost(TIMEOUT).until(() -> soon || Files.exists(part(name)));
		}
		this.client.disconnect();
		passSomeTime("after-" + name);
		assertThat(processed(name)).isEmpty();
	}

	@Test
	void anAbortedUploadIsNeverProcessed() throws IOException {
		try (OutputStream upload = this.client.storeFileStream("aborted.csv")) {
			upload.write(CONTENT);
			upload.flush();
			Awaitility.await().atMost(TIMEOUT).until(() -> Files.exists(part("aborted.csv")));
			assertThat(this.client.abor()).isEqualTo(FTPReply.TRANSFER_ABORTED);
		}
		assertThat(this.client.getReply()).isEqualTo(FTPReply.CLOSING_DATA_CONNECTION);
		assertThat(store("after-aborted.csv")).isTrue();
		awaitProcessed("after-aborted.csv", 1);
		assertThat(processed("aborted.csv")).isEmpty();
		assertThat(part("aborted.csv")).exists();
	}

	@Test
	void anUploadThatWasCutOffCanBeResumed() throws IOException {
		Files.write(part("resumed.csv"), CONTENT);
		assertThat(this.client.getSize("resumed.csv")).isEqualTo(String.valueOf(CONTENT.length));
		this.client.setRestartOffset(CONTENT.length);
		assertThat(store("resumed.csv")).isTrue();
		Files.write(part("appended.csv"), CONTENT);
		try (InputStream content = new ByteArrayInputStream(CONTENT)) {
			assertThat(this.client.appendFile("appended.csv", content)).isTrue();
		}
		assertThat(awaitProcessed("resumed.csv", 1).get(0)).hasSize(2L * CONTENT.length);
		assertThat(awaitProcessed("appended.csv", 1).get(0)).hasSize(2L * CONTENT.length);
	}

	@Test
	void aNewUploadBeginsAnewAndDoesNotResumeBehindTheEnd() throws IOException {
		Files.writeString(part("anew.csv"), "rest of an old upload");
		this.client.setRestartOffset(1000);
		assertThat(store("anew.csv")).isFalse();
		assertThat(store("anew.csv")).isTrue();
		assertThat(awaitProcessed("anew.csv", 1).get(0)).hasBinaryContent(CONTENT);
	}

	@Test
	void aTemporaryNameIsCompleteWhenItIsRenamed() throws IOException {
		assertThat(store("renamed.csv.tmp")).isTrue();
		assertThat(store("after-renamed.csv")).isTrue();
		awaitProcessed("after-renamed.csv", 1);
		assertThat(this.client.rename("renamed.csv.tmp", "renamed.csv.filepart")).isTrue();
		assertThat(this.directory.inbox().resolve("renamed.csv.filepart")).exists();
		assertThat(this.client.rename("renamed.csv.filepart", "renamed.csv")).isTrue();
		awaitProcessed("renamed.csv", 1);
	}

	@Test
	void aNameIsUploadedByOneClientAtATime() throws IOException {
		try (OutputStream upload = this.client.storeFileStream("contested.csv")) {
			upload.write(CONTENT);
			FTPClient other = newClient();
			other.login("sensor", "sensor");
			other.enterLocalPassiveMode();
			assertThat(other.storeFile("contested.csv", new ByteArrayInputStream(CONTENT))).isFalse();
			assertThat(other.getReplyString()).isEqualTo("450 contested.csv is being uploaded by another client");
			other.disconnect();
		}
		assertThat(this.client.completePendingCommand()).isTrue();
		awaitProcessed("contested.csv", 1);
	}

	@Test
	void theInboxHasNoDirectoriesAndNoWayOut() throws IOException {
		assertThat(this.client.makeDirectory("directory")).isFalse();
		assertThat(this.client.storeUniqueFile(new ByteArrayInputStream(CONTENT))).isFalse();
		assertThat(store("/")).isFalse();
		assertThat(store("missing/x.csv")).isFalse();
		assertThat(store("../../outside.csv")).isTrue();
		awaitProcessed("outside.csv", 1);
	}

	@ParameterizedTest
	@CsvSource({ "sensor, wrong", "anonymous, x@example.org", "admin, admin" })
	void nobodyElseMayLogIn(String username, String password) throws IOException {
		FTPClient other = newClient();
		assertThat(other.login(username, password)).isFalse();
		other.disconnect();
	}

	private FTPClient newClient() throws IOException {
		FTPClient created = new FTPClient();
		created.setDefaultTimeout(10_000);
		created.connect("127.0.0.1", this.receiver.port());
		return created;
	}

	private boolean store(String name) throws IOException {
		return this.client.storeFile(name, new ByteArrayInputStream(CONTENT));
	}

	/**
	 * Upload another file and wait for its result, after which everything that arrived
	 * before would have its own.
	 */
	private void passSomeTime(String name) throws IOException {
		FTPClient other = newClient();
		other.login("sensor", "sensor");
		other.enterLocalPassiveMode();
		assertThat(other.storeFile(name, new ByteArrayInputStream(CONTENT))).isTrue();
		other.disconnect();
		awaitProcessed(name, 1);
	}

	private Path part(String name) {
		return this.directory.inbox().resolve(name + ".part");
	}

	private List<Path> awaitProcessed(String name, int count) {
		return Awaitility.await().atMost(TIMEOUT).until(() -> processed(name), (files) -> files.size() == count);
	}

	private List<Path> processed(String name) throws IOException {
		try (Stream<Path> files = Files.list(this.directory.processed())) {
			return files.filter((file) -> file.getFileName().toString().replaceFirst("\\w+-", "").equals(name))
				.toList();
		}
	}

}
