package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.dynamodb.DynamoFixture;
import io.headwater.esdb.EsdbFixture;
import io.headwater.esdb.server.EsdbServer;
import io.headwater.esdb.server.Profile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Events of a bank's loan department, from a file beside the checkout; without the file there is no test. */
class RealDataTest {
    private static final Path DATA = Path.of("..", "..", "shared", "data", "bpic2012.ndjson.gz");

    private static final boolean FULL = "full".equals(System.getProperty("headwater.tck.profile"));
    private static final int PART = 5_000;

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> a_bank_years_events() {
        return Files.exists(DATA)
                ? Stream.of(
                        DynamicTest.dynamicTest(
                                "are imported once, in order, into a small heap, and exported again", this::roundTrip),
                        DynamicTest.dynamicTest(
                                "are the same in a table of DynamoDB as in a file", this::sameInDynamoDb),
                        DynamicTest.dynamicTest(
                                "are the same on a server of EventStoreDB as in a file", this::sameInEventStoreDb))
                : Stream.empty();
    }

    private void roundTrip() throws Exception {
        String url = "sqlite:" + folder.resolve("bank.db");
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HeadwaterCommand.class.getName(),
                        "import",
                        DATA.toString(),
                        "--json",
                        "--url",
                        url)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(new String(process.getInputStream().readAllBytes()))
                .contains("\"appended\":262200,\"alreadyThere\":0,\"repeated\":0,\"rejected\":0,\"streams\":13087,");
        assertThat(process.waitFor()).isZero();
        Path file = folder.resolve("bank.ndjson");
        assertThat(CommandRun.of("export", file.toString(), "--url", url).out()).startsWith("exported 262,200 events");
        try (Stream<String> lines = Files.lines(file)) {
            assertThat(lines.findFirst().orElseThrow())
                    .contains("\"stream\":\"LoanApplication-173688\"", "\"time\":\"2011-09-30T22:38:44.546Z\"");
        }
        assertThat(CommandRun.of("import", "-q", DATA.toString(), "--json", "--url", url)
                        .out())
                .contains("\"appended\":0,\"alreadyThere\":262200");
    }

    private void sameInDynamoDb() throws Exception {
        Path part = part();
        assertThat(exported(part, DynamoFixture.url()))
                .isEqualTo(exported(part, "sqlite:" + folder.resolve("part.db")));
    }

    /** All of them with {@code -Pfull}. */
    private Path part() throws IOException {
        Path part = folder.resolve("part.ndjson");
        try (Stream<String> lines = lines()) {
            Files.write(part, FULL ? lines.toList() : lines.limit(PART).toList());
        }
        return part;
    }

    /** All are of one category, which is read by the server's projection. */
    private void sameInEventStoreDb() throws Exception {
        Path part = part();
        try (EsdbServer server = EsdbServer.start(Profile.V24)) {
            server.startProjections();
            String url = EsdbFixture.url(server);
            String exported = exported(part, url);
            assertThat(exported).isEqualTo(exported(part, "sqlite:" + folder.resolve("part.db")));
            server.awaitDelivered();
            CommandRun category = CommandRun.of(
                    "export", "-q", "--category", "LoanApplication", "--url", url + "&categories=projection");
            assertThat(category.out()).isEqualTo(exported);
        }
    }

    private static Stream<String> lines() throws IOException {
        GZIPInputStream unzipped = new GZIPInputStream(Files.newInputStream(DATA));
        return new BufferedReader(new InputStreamReader(unzipped, StandardCharsets.UTF_8)).lines();
    }

    /** Imports the file twice, and returns what an export gives. */
    private static String exported(Path file, String url) {
        CommandRun first = CommandRun.of("import", "-q", file.toString(), "--json", "--url", url);
        assertThat(first.exitCode()).as(first.error()).isZero();
        assertThat(CommandRun.of("import", "-q", file.toString(), "--json", "--url", url)
                        .out())
                .contains("\"appended\":0,");
        return CommandRun.of("export", "-q", "--url", url).out();
    }
}
