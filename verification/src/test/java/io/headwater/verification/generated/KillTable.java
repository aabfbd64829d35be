package io.headwater.verification.generated;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Which rule killed which mutant, as a file that grows with each. */
final class KillTable {
    private final Path file;
    private final List<Verdict> verdicts = new ArrayList<>();

    KillTable(Path file) {
        this.file = file;
        write(
                "mutant\thalf\tkilled by\tmilliseconds\tbecause\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING);
    }

    /** Returns how many there are now. */
    synchronized int add(Verdict verdict) {
        verdicts.add(verdict);
        String line = String.join(
                "\t",
                verdict.mutant().name(),
                verdict.mutant().isUnseen() ? "unseen" : "seen",
                verdict.survived() ? "SURVIVED" : verdict.killer(),
                Long.toString(verdict.time().toMillis()),
                verdict.message().replace('\t', ' '));
        write(line + "\n", StandardOpenOption.APPEND);
        return verdicts.size();
    }

    /** How many mutants were tried. */
    synchronized int size() {
        return verdicts.size();
    }

    private void write(String text, StandardOpenOption... options) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text, options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Which share of all was killed. */
    synchronized double killed() {
        return 1 - (double) survivors() / Math.max(1, verdicts.size());
    }

    private long survivors() {
        return verdicts.stream().filter(Verdict::survived).count();
    }

    /** How many were killed, of each half. */
    synchronized String summary() {
        return "of those that rules were written for %s, of the others %s, survivors: %s"
                .formatted(
                        rate(verdict -> !verdict.mutant().isUnseen()),
                        rate(verdict -> verdict.mutant().isUnseen()),
                        survivors());
    }

    private String rate(Predicate<Verdict> half) {
        long all = verdicts.stream().filter(half).count();
        long killed = verdicts.stream()
                .filter(half)
                .filter(verdict -> !verdict.survived())
                .count();
        return String.format(
                Locale.ROOT, "%d of %d killed (%.1f %%)", killed, all, all == 0 ? 100 : 100.0 * killed / all);
    }
}
