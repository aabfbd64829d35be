package io.headwater.cli.conformance;

import io.headwater.cli.conformance.StoredReport.StoredRule;
import io.headwater.cli.json.JsonFields;
import io.headwater.tck.Status;
import io.headwater.tck.report.ReportFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads a report that was written as {@link ReportFormat#JSON}, by this version or another. The file is untrusted: its
 * size, structure and version are checked, and unknown parts are skipped.
 */
public final class ReportReader {
    private static final int LARGEST_MIB = 64;
    private static final int MAX_RULES = 10_000;
    private static final String FORMAT_NAME =
            ReportFormat.JSON_FORMAT.substring(0, ReportFormat.JSON_FORMAT.indexOf('/') + 1);
    private static final Pattern ID = Pattern.compile("[A-Z]\\d{1,2}\\.\\d{1,2}");

    private final String file;
    private final Map<String, StoredRule> rules = new LinkedHashMap<>();
    private final StoredDeclaration declaration = new StoredDeclaration();
    private String format = "";
    private String backend = "";

    private ReportReader(String file) {
        this.file = file;
    }

    /** Reads a file. Throws {@link BadReport} if the file is not a report. */
    public static StoredReport read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes((LARGEST_MIB << 20) + 1);
            if (bytes.length > LARGEST_MIB << 20) {
                throw new BadReport("'%s' is not a report: it is larger than %s MiB".formatted(file, LARGEST_MIB));
            }
            return new ReportReader(file.toString()).report(bytes);
        }
    }

    private StoredReport report(byte[] bytes) {
        try (JsonFields json = JsonFields.of(bytes)) {
            json.object(this::topLevel);
            json.end();
            checkFormat();
            if (backend.isEmpty()) {
                throw json.problem("store.backend is missing");
            }
            if (rules.isEmpty()) {
                throw json.problem("it has no rules");
            }
            return new StoredReport(file, backend, declaration.words(json), rules);
        } catch (JsonFields.Wrong wrong) {
            // A report of a newer format may look damaged, so its version is checked first.
            if (!format.isEmpty()) {
                checkFormat();
            }
            throw new BadReport("'%s' is not a report: %s".formatted(file, wrong.getMessage()));
        }
    }

    private void checkFormat() {
        if (format.equals(ReportFormat.JSON_FORMAT)) {
            return;
        }
        boolean other = format.startsWith(FORMAT_NAME);
        throw new BadReport(
                other
                        ? "'%s' has the format %s, but this version of headwater reads %s: use the version that wrote it"
                                .formatted(file, format, ReportFormat.JSON_FORMAT)
                        : "'%s' is not a report: its field format is not %s; 'headwater tck run --report FILE.json' writes one"
                                .formatted(file, ReportFormat.JSON_FORMAT));
    }

    private void topLevel(String field, JsonFields json) {
        switch (field) {
            case "format" -> format = json.text();
            case "store" -> json.object(this::store);
            case "rules" -> json.array(this::rule);
            default -> json.skip();
        }
    }

    private void store(String field, JsonFields json) {
        if (field.equals("backend")) {
            backend = json.text();
        } else {
            declaration.read(field, json);
        }
    }

    private void rule(JsonFields json) {
        Map<String, String> texts = new LinkedHashMap<>();
        json.object((field, value) -> {
            switch (field) {
                case "id", "group", "sentence", "status" -> texts.put(field, value.text());
                default -> value.skip();
            }
        });
        StoredRule rule = new StoredRule(
                required(texts, "id", json),
                required(texts, "group", json),
                required(texts, "sentence", json),
                json.constant(Status.class, required(texts, "status", json)));
        if (!ID.matcher(rule.id()).matches()) {
            throw json.problem("'" + rule.id() + "' is not a rule's id");
        }
        if (rules.put(rule.id(), rule) != null) {
            throw json.problem("rule " + rule.id() + " occurs twice");
        }
        if (rules.size() > MAX_RULES) {
            throw json.problem("it has more than " + MAX_RULES + " rules");
        }
    }

    private static String required(Map<String, String> texts, String field, JsonFields json) {
        String text = texts.get(field);
        if (text == null) {
            throw json.problem("a rule has no " + field);
        }
        return text;
    }
}
