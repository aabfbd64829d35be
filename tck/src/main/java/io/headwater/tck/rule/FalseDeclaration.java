package io.headwater.tck.rule;

import io.headwater.BackendFailure;
import io.headwater.Capability;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The store does not have what it declares. Reports show this first. */
public final class FalseDeclaration extends RuleBroken {
    private static final long serialVersionUID = 1L;

    private final transient Map<String, String> found;

    private FalseDeclaration(Map<String, String> found, @Nullable Throwable cause) {
        super(String.join("\n", found.values()), cause);
        this.found = found;
    }

    FalseDeclaration(String name, String message, @Nullable Throwable cause) {
        this(Map.of(name, message), cause);
    }

    /** That the guard missed a facet which is declared; it says so itself. */
    static FalseDeclaration of(Capability capability, BackendFailure missing) {
        return new FalseDeclaration(capability.name(), String.valueOf(missing.getMessage()), null);
    }

    /** Several false declarations. */
    public static FalseDeclaration of(List<FalseDeclaration> several) {
        Map<String, String> all = new LinkedHashMap<>();
        several.forEach(each -> all.putAll(each.found));
        return new FalseDeclaration(all, null);
    }

    /** What is wrong, by {@link Declaration#name()}. */
    public Map<String, String> found() {
        return found;
    }
}
