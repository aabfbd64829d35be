package io.headwater.verification.generated;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All generated mutants. */
final class GeneratedMutants {
    private GeneratedMutants() {}

    /** By name. Where two ways lead to the same fault, they have the same name, and the first is kept. */
    static List<Generated> all() {
        Map<String, Generated> byName = new LinkedHashMap<>();
        Stream.of(
                        AnswerFaults.all(),
                        EffectFaults.all(),
                        StaleFaults.all(),
                        NameFaults.all(),
                        OrderFaults.all(),
                        EventFaults.all(),
                        ExceptionFaults.all(),
                        ContentionFaults.all(),
                        RestartFaults.all(),
                        PartialFaults.all(),
                        PartialCheckpointFaults.all(),
                        ListFaults.all(),
                        Devised.all(),
                        Devised.withoutCapabilities())
                .flatMap(each -> each)
                .forEach(mutant -> byName.putIfAbsent(mutant.name(), mutant));
        return List.copyOf(byName.values());
    }
}
