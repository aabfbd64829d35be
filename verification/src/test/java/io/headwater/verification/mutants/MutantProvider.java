package io.headwater.verification.mutants;

import io.headwater.StoreMissing;
import io.headwater.spi.Backend;
import io.headwater.spi.BackendContext;
import io.headwater.spi.BackendProvider;
import java.util.List;

/** Opens the backend of a mutant by a URL, as users open stores. */
public final class MutantProvider implements BackendProvider {

    static String url(Mutant mutant) {
        return "mutant:" + mutant.name().replace(' ', '_');
    }

    @Override
    public String name() {
        return "mutant";
    }

    @Override
    public List<String> schemes() {
        return List.of("mutant");
    }

    @Override
    public String urlPattern() {
        return "mutant:what_is_broken";
    }

    /** There is a store for each mutant, and one wherever it is looked for, for the mutant that makes them. */
    @Override
    public Backend open(BackendContext context) {
        String url = "mutant:" + context.url().path();
        if (url.startsWith(url(ReadOnlyMutants.MAKING_STORES))) {
            return MutantsAreKilledTest.sound(ReadOnlyMutants.MAKING_STORES);
        }
        Mutant mutant = MutantsAreKilledTest.mutants().stream()
                .filter(each -> url(each).equals(url))
                .findFirst()
                .orElseThrow(() -> new StoreMissing("there is no mutant at '" + url + "'"));
        return mutant.backend().apply(MutantsAreKilledTest.sound(mutant));
    }
}
