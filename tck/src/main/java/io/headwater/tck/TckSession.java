package io.headwater.tck;

import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.spi.HeldAppends;
import io.headwater.tck.rule.Deadline;
import io.headwater.tck.rule.FalseDeclaration;
import io.headwater.tck.rule.History;
import io.headwater.tck.rule.Kind;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.Refusals;
import io.headwater.tck.rule.Rule;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import io.headwater.tck.rule.Threads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Runs rules one by one, on stores that it opens and closes. Does not throw, whatever the store does. Not thread-safe: rules
 * that run at the same time could affect each other.
 */
public final class TckSession implements AutoCloseable {
    private final StoreControl control;
    private final Tck.Settings settings;
    private final Redaction redaction;
    private final Offers offers;
    private Stores stores;
    private Optional<String> fixtureProblem = Optional.empty();
    private boolean fixtureChecked;
    private boolean fixtureTold;
    private Optional<String> group = Optional.empty();
    private final Instant started = Instant.now();
    private final long startNanos = System.nanoTime();

    TckSession(StoreControl control, Tck.Settings settings) {
        this.control = control;
        this.settings = settings;
        this.redaction = Redaction.of(control.config());
        this.offers = new Offers(control.offers(), settings.without(), this::holdsAppends);
        this.stores = new Stores(control);
    }

    /** The rules to run, by group. */
    public List<RuleGroup> groups() {
        return settings.selected();
    }

    /**
     * The reason for which this rule may be NOT-RUN: one that was given, or that the backend need not have what the rule
     * needs. Empty if the rule has to run.
     */
    public Optional<String> excuse(Rule rule) {
        return offers.excuse(rule);
    }

    /** A store that cannot be asked may have it: that its rules fail says more. */
    private boolean holdsAppends() {
        AtomicBoolean found = new AtomicBoolean();
        Optional<Problem> problem =
                failure(() -> found.set(stores.store().facet(HeldAppends.class).isPresent()));
        return problem.isPresent() || found.get();
    }

    TckReport runAll() {
        List<RuleResult> results = groups().stream()
                .flatMap(group -> group.rules().stream())
                .map(this::run)
                .toList();
        return report(results);
    }

    /** The report of the rules that were run one by one. */
    public TckReport report(List<RuleResult> results) {
        List<GroupResult> byGroup = groups().stream()
                .map(group -> new GroupResult(group.name(), of(group, results)))
                .filter(group -> !group.results().isEmpty())
                .toList();
        return new TckReport(
                testedStore(), circumstances(), fixtureProblem(), byGroup, settings.count() - results.size());
    }

    private static List<RuleResult> of(RuleGroup group, List<RuleResult> results) {
        return results.stream()
                .filter(result -> group.rules().contains(result.rule()))
                .toList();
    }

    private TckRun circumstances() {
        String version = TckSession.class.getPackage().getImplementationVersion();
        return new TckRun(
                version == null ? "development" : version,
                System.getProperty("java.version"),
                settings.profile(),
                settings.seed(),
                Threads.hasVirtual(),
                started,
                Duration.ofNanos(System.nanoTime() - startNanos));
    }

    private TestedStore testedStore() {
        Optional<String> configuration = control.config().map(EventStoreConfig::toString);
        try {
            return Deadline.call(settings.deadline(), () -> {
                EventStore store = stores.store();
                return new TestedStore(store.backend(), configuration, Optional.of(store.capabilities()));
            });
        } catch (Throwable e) {
            return new TestedStore("a store that cannot be opened", configuration, Optional.empty());
        }
    }

    /** What is wrong with the set-up, such as two instances that do not share their data; empty if nothing is. */
    public Optional<String> fixtureProblem() {
        if (!fixtureChecked) {
            fixtureChecked = true;
            fixtureProblem = failure(() -> new Fixture(stores, needs(), settings).check())
                    .map(Problem::text);
        }
        return fixtureProblem;
    }

    /** What is offered; a process takes a second to start, so only where a rule needs it. */
    private Set<Need> needs() {
        return offers.all().stream()
                .filter(need -> need != Need.SECOND_PROCESS || isNeeded(need))
                .collect(Collectors.toSet());
    }

    private boolean isNeeded(Need need) {
        return groups().stream()
                .flatMap(group -> group.rules().stream())
                .anyMatch(rule -> rule.needs().contains(need));
    }

    /** Runs one rule. If the set-up is wrong, every rule is NOT-RUN, so that it does not look like a fault of the store. */
    public RuleResult run(Rule rule) {
        long begun = System.nanoTime();
        enterGroup(rule);
        return fixtureProblem()
                .map(problem -> result(rule, Status.NOT_RUN, "the set-up is wrong: " + briefAfterwards(problem)))
                .orElseGet(() -> runWithoutFixture(rule))
                .withTime(Duration.ofNanos(System.nanoTime() - begun));
    }

    private void enterGroup(Rule rule) {
        Optional<String> entered = groups().stream()
                .filter(each -> each.rules().contains(rule))
                .map(RuleGroup::name)
                .findFirst();
        if (group.isPresent() && !group.equals(entered)) {
            control.betweenGroups().ifPresent(this::replaceStorage);
        }
        group = entered;
    }

    private void replaceStorage(Runnable replacement) {
        failure(stores::closeAll);
        replacement.run();
    }

    /** All of it once; hundreds of rules that repeat a stack trace hide what it says. */
    private String briefAfterwards(String problem) {
        String told = fixtureTold ? problem.lines().findFirst().orElse("") : problem;
        fixtureTold = true;
        return told;
    }

    /** Apart from {@link #run} for the tests of stores that no set-up check lets through. */
    RuleResult runWithoutFixture(Rule rule) {
        List<Need> missing = offers.missing(rule);
        return missing.isEmpty()
                ? waived(tried(rule))
                : result(rule, Status.NOT_RUN, reason(rule, missing)).withName(offers.canBeNamed(rule));
    }

    private String reason(Rule rule, List<Need> missing) {
        String needs = missing.stream().map(Need::title).collect(Collectors.joining(", "));
        return "needs " + needs + excuse(rule).map(given -> ": " + given).orElse("");
    }

    private RuleResult waived(RuleResult result) {
        String reason = settings.waivers().get(result.rule().id());
        if (reason == null) {
            return result;
        }
        return switch (result.status()) {
            case FAIL -> result.withMessage(Status.WAIVED, reason + "\n" + result.message());
            case PASS ->
                mayHold(result.rule())
                        ? result.withMessage(Status.WAIVED, reason + "\n" + result.message())
                        : result.withMessage(
                                Status.FAIL, "waived (" + reason + "), and it holds: take the waiver away");
            default -> result;
        };
    }

    /** Whether the rule is waived, and about what happens only sometimes: it is run to the end, to count how often it holds. */
    private boolean mayHold(Rule rule) {
        return rule.kind() != Kind.PLAIN && settings.waivers().containsKey(rule.id());
    }

    private RuleResult tried(Rule rule) {
        List<Capability> undeclared = new ArrayList<>();
        Optional<Problem> opening = failure(() -> undeclared.addAll(undeclared(rule)));
        if (opening.isPresent()) {
            return result(rule, Status.FAIL, opening.get().text());
        }
        return undeclared.isEmpty() ? checked(rule) : refused(rule, undeclared);
    }

    private Set<Capability> undeclared(Rule rule) {
        Capabilities capabilities = stores.store().capabilities();
        return capabilities.missing(rule.capabilities());
    }

    private RuleResult refused(Rule rule, List<Capability> undeclared) {
        History history = new History();
        RuleContext context = context(rule, settings.seed(), history);
        return failure(() -> undeclared.forEach(capability -> Refusals.prove(capability, context)))
                .map(problem -> failed(rule, problem, history))
                .orElseGet(() -> result(rule, Status.NA_PROVEN, "not declared, and refused: " + undeclared));
    }

    private RuleContext context(Rule rule, long seed, History history) {
        boolean thorough = settings.profile() != Profile.QUICK;
        return new RuleContext(rule, stores, seed, settings.timeScale(), thorough, history);
    }

    /** On platform threads, as often as the profile says, and maybe once more on virtual ones. */
    private RuleResult checked(Rule rule) {
        int times = rule.kind() == Kind.REPEATED ? settings.profile().repetitions() : 1;
        long startedBefore = Threads.started();
        List<Optional<RuleResult>> runs = new ArrayList<>();
        while (runs.size() < times && goesOn(rule, runs)) {
            runs.add(checked(rule, runs.size(), Deadline::call));
        }
        if (goesOn(rule, runs) && runsOnVirtualThreads(rule, Threads.started() > startedBefore)) {
            runs.add(onVirtualThread(rule, times));
        }
        RuleResult first =
                runs.stream().flatMap(Optional::stream).findFirst().orElseGet(() -> result(rule, Status.PASS, ""));
        return mayHold(rule)
                ? first.withMessage(first.status(), (count(runs) + "\n" + first.message()).strip())
                : first;
    }

    private boolean goesOn(Rule rule, List<Optional<RuleResult>> runs) {
        return mayHold(rule) || runs.stream().allMatch(Optional::isEmpty);
    }

    /** Where there are any; in the profile {@code quick} only rules about threads. */
    private boolean runsOnVirtualThreads(Rule rule, boolean startsThreads) {
        return Threads.hasVirtual()
                && (settings.profile() != Profile.QUICK || rule.kind() != Kind.PLAIN || startsThreads);
    }

    private static String count(List<Optional<RuleResult>> runs) {
        return "held in %s of %s runs"
                .formatted(runs.stream().filter(Optional::isEmpty).count(), runs.size());
    }

    private Optional<RuleResult> onVirtualThread(Rule rule, int run) {
        return checked(rule, run, Deadline::callVirtual)
                .map(broken -> broken.withMessage(Status.FAIL, "on virtual threads: " + broken.message()));
    }

    private Optional<RuleResult> checked(Rule rule, int time, OnThread thread) {
        long seed = settings.seed() + 31L * rule.id().hashCode() + time;
        History history = new History();
        return failure(() -> check(rule, context(rule, seed, history)), thread)
                .map(problem -> failed(rule, problem, history));
    }

    private void check(Rule rule, RuleContext context) throws Exception {
        try {
            context.store();
            rule.check().run(context);
        } finally {
            context.endSubscriptions();
            tidyUp(rule);
        }
    }

    private void tidyUp(Rule rule) {
        // The rule may have been interrupted, or have interrupted itself; closing must not suffer from that.
        Thread.interrupted();
        if (rule.kind() == Kind.FAULT) {
            stores.closeAll();
        } else {
            stores.closeOthers();
        }
    }

    private RuleResult failed(Rule rule, Problem problem, History history) {
        return new RuleResult(
                rule,
                Status.FAIL,
                problem.text(),
                problem.falseDeclarations(),
                settings.seed(),
                redaction.hide(history.operations()),
                false,
                Duration.ZERO);
    }

    private RuleResult result(Rule rule, Status status, String message) {
        return new RuleResult(rule, status, message, Map.of(), settings.seed(), List.of(), false, Duration.ZERO);
    }

    /** Work that fails by throwing. */
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    /** Runs work on a thread of some kind before a deadline. */
    @FunctionalInterface
    private interface OnThread {
        boolean call(Duration limit, Callable<Boolean> work) throws Throwable;
    }

    /** What went wrong, in words, and what is declared wrongly if that is it. */
    private record Problem(String text, Map<String, String> falseDeclarations) {}

    /** Does this before the deadline; what went wrong, if something did. */
    private Optional<Problem> failure(Work work) {
        return failure(work, Deadline::call);
    }

    private Optional<Problem> failure(Work work, OnThread thread) {
        Stores used = stores;
        try {
            thread.call(settings.deadline(), () -> {
                work.run();
                return true;
            });
            return Optional.empty();
        } catch (Deadline.TimedOut late) {
            abandon(used);
            return problem(late);
        } catch (Throwable thrown) {
            return problem(thrown);
        }
    }

    private Optional<Problem> problem(Throwable thrown) {
        Map<String, String> falseDeclarations = new LinkedHashMap<>();
        if (thrown instanceof FalseDeclaration known) {
            known.found().forEach((name, message) -> falseDeclarations.put(name, redaction.hide(message)));
        }
        return Optional.of(new Problem(redaction.hide(Failures.describe(thrown)), falseDeclarations));
    }

    /** What hangs cannot be trusted to close: others do that, and the next rule gets a store of its own. */
    private void abandon(Stores hanging) {
        stores = new Stores(control);
        Thread closer = new Thread(hanging::closeAll, "headwater-tck-closer");
        closer.setDaemon(true);
        closer.setUncaughtExceptionHandler((thread, failure) -> {});
        closer.start();
    }

    @Override
    public void close() {
        failure(stores::closeAll);
    }
}
