package io.irpc.sample.daemon.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.irpc.sample.api.ErrorRaised;
import io.irpc.sample.api.FileProcessed;
import io.irpc.sample.api.Verdict;
import io.irpc.sample.daemon.results.FileResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Pipeline}. A crash is a restart on the files as the crash leaves them.
 */
class PipelineTests {

	private static final String ID = "20260131T075900000000";

	private static final String ARRIVED = ID + "-x.csv";

	private static final String GOOD = "north,2026-01-31T08:00:00Z,1\nbad\n";

	@TempDir
	Path root;

	private Ingest ingest;

	@BeforeEach
	void start() throws IOException {
		this.ingest = new Ingest(this.root, new MutableClock());
	}

	@AfterEach
	void stop() throws IOException {
		this.ingest.close();
	}

	@Test
	void aGoodFileIsProcessedAndAnnounced() throws IOException {
		upload("x.csv", GOOD);
		this.ingest.pipeline.settleAll();
		String arrived = Ingest.names(this.ingest.directory.processed()).get(0);
		assertThat(arrived).endsWith("-x.csv");
		assertThat(this.ingest.directory.processed().resolve(arrived)).hasContent(GOOD);
		FileResult result = this.ingest.store.find(arrived.substring(0, ID.length())).orElseThrow();
		assertThat(this.ingest.events(ErrorRaised.class)).isEqualTo(result.errors()).hasSize(1);
		assertThat(this.ingest.events(FileProcessed.class)).containsExactly(result.file());
		assertThat(this.ingest.recent.latest()).isEqualTo(result.file().at());
		assertThat(Ingest.names(this.ingest.directory.processing())).isEmpty();
	}

	@Test
	void aBadFileIsRejectedAndAnnounced() throws IOException {
		upload("x.csv", "");
		this.ingest.pipeline.settleAll();
		assertThat(Ingest.names(this.ingest.directory.rejected())).hasSize(1);
		assertThat(this.ingest.events(FileProcessed.class)).extracting(FileProcessed::verdict)
			.containsExactly(Verdict.REJECTED);
		assertThat(this.ingest.events(ErrorRaised.class)).hasSize(1);
	}

	@Test
	void filesOfOneNameAreDifferentFiles() throws IOException {
		upload("x.csv", GOOD);
		upload("x.csv", "");
		upload("x.csv", GOOD);
		this.ingest.pipeline.settleAll();
		assertThat(Ingest.names(this.ingest.directory.processed())).hasSize(2);
		assertThat(Ingest.names(this.ingest.directory.rejected())).hasSize(1);
		assertThat(this.ingest.events(FileProcessed.class)).extracting(FileProcessed::id)
			.doesNotHaveDuplicates()
			.isSorted()
			.hasSize(3);
	}

	@Test
	void aFileTakenBeforeACrashIsProcessedUnderItsId() throws IOException {
		Files.writeString(this.ingest.directory.processing().resolve(ARRIVED), GOOD);
		restartAndSettle();
		assertThatSettledOnce(Verdict.PROCESSED);
		assertThat(this.ingest.events(FileProcessed.class)).hasSize(1);
	}

	@Test
	void aResultThatWasHalfWrittenBeforeACrashIsWrittenAgain() throws IOException {
		Files.writeString(this.ingest.directory.processing().resolve(ARRIVED), GOOD);
		Files.writeString(this.ingest.directory.results().resolve(ID + ".json.tmp"), "{\"file\":{\"id");
		restartAndSettle();
		assertThatSettledOnce(Verdict.PROCESSED);
		assertThat(this.ingest.events(FileProcessed.class)).hasSize(1);
	}

	@Test
	void aFileWithItsResultIsOnlyAnnouncedAndPutAwayAfterACrash() throws IOException {
		for (Verdict verdict : Verdict.values()) {
			FileResult result = analyzeAndCrash(verdict);
			restartAndSettle();
			assertThat(this.ingest.store.find(ID)).contains(result);
			assertThat(this.ingest.events(FileProcessed.class)).containsExactly(result.file());
			assertThat(this.ingest.events(ErrorRaised.class)).isEqualTo(result.errors());
			assertThatSettledOnce(verdict);
			Files.delete(directory(verdict).resolve(ARRIVED));
		}
	}

	@Test
	void aFileThatIsAnnouncedIsOnlyPutAwayAfterACrash() throws IOException {
		for (Verdict verdict : Verdict.values()) {
			this.ingest.announcements.announce(analyzeAndCrash(verdict));
			restartAndSettle();
			assertThat(this.ingest.events).isEmpty();
			assertThatSettledOnce(verdict);
			Files.delete(directory(verdict).resolve(ARRIVED));
		}
	}

	@Test
	void aFileThatCannotBePutAwayIsAnnouncedOnce() throws IOException {
		Files.writeString(this.ingest.directory.processing().resolve(ARRIVED), GOOD);
		Path obstacle = Files.createDirectories(this.ingest.directory.processed().resolve(ARRIVED).resolve("x"));
		this.ingest.pipeline.settleAll();
		this.ingest.pipeline.settleAll();
		assertThat(this.ingest.events(FileProcessed.class)).hasSize(1);
		Files.delete(obstacle);
		Files.delete(obstacle.getParent());
		this.ingest.pipeline.settleAll();
		assertThat(this.ingest.events(FileProcessed.class)).hasSize(1);
		assertThatSettledOnce(Verdict.PROCESSED);
	}

	private FileResult analyzeAndCrash(Verdict verdict) throws IOException {
		Path arrived = this.ingest.directory.processing().resolve(ARRIVED);
		Files.writeString(arrived, (verdict == Verdict.PROCESSED) ? GOOD : "");
		FileResult result = this.ingest.analyzer.analyze(Arrival.list(this.ingest.directory).get(0));
		this.ingest.store.write(result);
		return result;
	}

	@Test
	void aSettledFileStaysAsItIs() throws IOException {
		upload("x.csv", GOOD);
		this.ingest.pipeline.settleAll();
		List<String> results = Ingest.names(this.ingest.directory.results());
		restartAndSettle();
		this.ingest.pipeline.settleAll();
		assertThat(Ingest.names(this.ingest.directory.results())).isEqualTo(results);
		assertThat(Ingest.names(this.ingest.directory.processed())).hasSize(1);
		assertThat(this.ingest.events).isEmpty();
	}

	@Test
	void aFileWhoseResultCannotBeWrittenWaits() throws IOException {
		Files.writeString(this.ingest.directory.processing().resolve(ARRIVED), GOOD);
		Path obstacle = Files.createDirectory(this.ingest.directory.results().resolve(ID + ".json.tmp"));
		this.ingest.pipeline.settleAll();
		assertThat(Ingest.names(this.ingest.directory.processing())).containsExactly(ARRIVED);
		assertThat(this.ingest.events).isEmpty();
		Files.delete(obstacle);
		this.ingest.pipeline.settleAll();
		assertThatSettledOnce(Verdict.PROCESSED);
		assertThat(this.ingest.events(FileProcessed.class)).hasSize(1);
	}

	@Test
	void aFileThatWaitsDoesNotHoldUpOthers() throws IOException {
		Files.writeString(this.ingest.directory.processing().resolve(ARRIVED), GOOD);
		Files.createDirectory(this.ingest.directory.results().resolve(ID + ".json.tmp"));
		upload("y.csv", GOOD);
		this.ingest.pipeline.settleAll();
		assertThat(this.ingest.events(FileProcessed.class)).extracting(FileProcessed::file).containsExactly("y.csv");
	}

	@Test
	void aStrangeFileIsLeftAlone() throws IOException {
		Files.writeString(this.ingest.directory.processing().resolve("notes.txt"), GOOD);
		this.ingest.pipeline.settleAll();
		assertThat(Ingest.names(this.ingest.directory.processing())).containsExactly("notes.txt");
	}

	@Test
	void aNameIsMadeFitForTheFileSystemAndTheTerminal() throws IOException {
		upload("ä€😀".repeat(20) + "\u001b[2J.csv", GOOD);
		upload("tab\there.csv", GOOD);
		this.ingest.pipeline.settleAll();
		assertThat(this.ingest.events(FileProcessed.class)).extracting(FileProcessed::file)
			.containsExactly("ä€😀".repeat(20).substring(0, 66), "tab_here.csv");
	}

	private void upload(String name, String content) throws IOException {
		Path part = this.ingest.directory.inbox().resolve("upload.part");
		Files.writeString(part, content);
		this.ingest.intake.take(part, name);
	}

	private void restartAndSettle() throws IOException {
		this.ingest.close();
		this.ingest = new Ingest(this.root, this.ingest.clock);
		this.ingest.pipeline.settleAll();
	}

	private void assertThatSettledOnce(Verdict verdict) throws IOException {
		assertThat(Ingest.names(directory(verdict))).containsExactly(ARRIVED);
		assertThat(Ingest.names(this.ingest.directory.processing())).isEmpty();
		assertThat(Ingest.names(this.ingest.directory.results())).containsExactly(ID + ".json");
		assertThat(this.ingest.store.find(ID).orElseThrow().file().verdict()).isEqualTo(verdict);
	}

	private Path directory(Verdict verdict) {
		return (verdict == Verdict.PROCESSED) ? this.ingest.directory.processed() : this.ingest.directory.rejected();
	}

}
