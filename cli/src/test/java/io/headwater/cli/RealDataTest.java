package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Events of a bank's loan department, from a file beside the checkout; without the file there is no test. */
class RealDataTest {
    private static final Path DATA = Path.of("..", "..", "shared", "data", "bpic2012.ndjson.gz");

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> a_bank_years_events() {
        return Files.exists(DATA)
                ? Stream.of(DynamicTest.dynamicTest(
                        "are imported once, in order, into a small heap, and exported again", this::roundTrip))
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
}
