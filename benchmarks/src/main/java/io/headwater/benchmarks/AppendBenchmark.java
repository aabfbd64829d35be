package io.headwater.benchmarks;

import static io.headwater.benchmarks.HeadwaterEntrant.NAME;

import io.headwater.benchmarks.Target.Rivals;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Appends of batches, by one and by many writers, each to a stream of its own. */
final class AppendBenchmark extends Benchmark {
    private static final int SINGLE = 1;
    private static final int BULK = 100;
    private static final Goal GROUP_COMMIT_GOAL = Goal.atLeast(5);
    private static final Goal INSERT_GOAL = Goal.atLeast(0.5);

    AppendBenchmark(Target target, Settings settings, Path folder, Report report) {
        super(target, settings, folder, report);
    }

    void run() throws Exception {
        for (int batch : settings.batches()) {
            Contest contest =
                    Contest.hold("%s append ×%s".formatted(target.name(), batch), contestants(batch), settings);
            report.add(contest);
            perWriters(contest, batch);
            if (target.groupsCommits() && batch == SINGLE) {
                groupCommit(contest, batch);
            }
            if (batch == BULK) {
                inserts(contest, batch);
            }
        }
    }

    private List<Contestant> contestants(int batch) {
        List<Contestant> contestants = new ArrayList<>();
        for (int writers : settings.writers()) {
            contestants.add(contestant(new HeadwaterEntrant(target), batch, writers));
            raw(batch).forEach(raw -> contestants.add(contestant(raw, batch, writers)));
        }
        if (batch == BULK) {
            target.rawInserts().ifPresent(raw -> contestants.add(contestant(raw, batch, 1)));
        }
        return contestants;
    }

    private Stream<Entrant> raw(int batch) {
        return target.rawAppends(batch).stream().map(Rivals::entrants).flatMap(List::stream);
    }

    private Contestant contestant(Entrant entrant, int batch, int writers) {
        AppendRun run = new AppendRun(target, entrant, batch, writers, folder);
        return new Contestant(name(entrant.name(), writers), run);
    }

    private static String name(String entrant, int writers) {
        return entrant + ", " + Words.writers(writers);
    }

    private void perWriters(Contest contest, int batch) {
        for (int writers : settings.writers()) {
            for (Rivals rivals : target.rawAppends(batch)) {
                String what = "append %s × %s%s".formatted(Words.events(batch), Words.writers(writers), rivals.over());
                Goal goal = writers > 1 ? rivals.goal() : Goal.NONE;
                report.add(contest.row(what, name(NAME, writers), goal, names(rivals.entrants().stream(), writers)));
            }
        }
    }

    private static String[] names(Stream<Entrant> entrants, int writers) {
        return entrants.map(raw -> name(raw.name(), writers)).toArray(String[]::new);
    }

    /** What it is worth that writers share commits: over a commit for each append, and over a writer who is alone. */
    private void groupCommit(Contest contest, int batch) {
        for (int writers : settings.writers()) {
            if (writers > 1) {
                shared(contest, writers, ", over one commit per append", names(raw(batch), writers));
            }
            if (writers > 1 && settings.writers().contains(1)) {
                shared(contest, writers, ", over one writer", name(NAME, 1));
            }
        }
    }

    private void shared(Contest contest, int writers, String over, String... rivals) {
        String what = "group commit, " + Words.writers(writers) + over;
        report.add(contest.row(what, name(NAME, writers), GROUP_COMMIT_GOAL, rivals));
    }

    private void inserts(Contest contest, int batch) {
        target.rawInserts()
                .ifPresent(raw -> settings.writers().forEach(writers -> {
                    String what =
                            "append %s × %s, over bare inserts".formatted(Words.events(batch), Words.writers(writers));
                    report.add(contest.row(what, name(NAME, writers), INSERT_GOAL, name(raw.name(), 1)));
                }));
    }
}
