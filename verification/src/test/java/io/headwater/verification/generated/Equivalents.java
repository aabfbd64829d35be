package io.headwater.verification.generated;

/** Mutants that no caller of a store can tell from a sound one, each with the reason. */
final class Equivalents {
    private Equivalents() {}

    static boolean contains(String name) {
        return false;
    }
}
