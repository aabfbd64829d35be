package io.headwater.verification.generated;

import io.headwater.verification.mutants.Mutant;
import java.util.function.Supplier;

/**
 * A mutant that was generated.
 *
 * @param name operation, condition and fault: the same in every run
 * @param about the operation that is wrong
 * @param fault a new one for each storage
 * @param bare whether the backend declares no capability, and has no facet
 */
record Generated(String name, Operation about, Supplier<Fault> fault, boolean bare) {
    Generated(String name, Operation about, Supplier<Fault> fault) {
        this(name, about, fault, false);
    }

    /** What is wrong in this operation. */
    static Generated of(Operation about, String fault, Supplier<Fault> making) {
        return of(about, Condition.ALWAYS, fault, making);
    }

    /** What is wrong in this operation under a condition. */
    static Generated of(Operation about, Condition condition, String fault, Supplier<Fault> making) {
        return new Generated(
                condition.of(about) + " / " + fault, about, () -> making.get().in(about));
    }

    /** What is wrong in several operations, this one above all. */
    static Generated across(Operation about, String fault, Supplier<Fault> making) {
        return new Generated(about.title() + " / " + fault, about, making);
    }

    /** The same fault of a backend that has no capability, and so needs no rule about any. */
    Generated withoutCapabilities() {
        return new Generated(name + ", without capabilities", about, fault, true);
    }

    /** A new one, whose storage is its own. */
    Mutant mutant(int run) {
        Interposed instances = new Interposed(fault.get(), bare);
        return Mutant.of("generated " + run, new String[0], instances::over);
    }

    /** Whether the rules were written without looking at this mutant. */
    boolean isUnseen() {
        if (name.contains(Devised.MARK)) {
            return false;
        }
        int mixed = name.hashCode() * 0x9E3779B9;
        return mixed >>> 31 == 1;
    }
}
