package io.headwater.jackson;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;
import tools.jackson.databind.util.StdDateFormat;

/** The default mapper. Its format has to be readable for decades. */
final class JsonDefaults {
    static final JsonMapper MAPPER = mapper();

    private JsonDefaults() {}

    private static JsonMapper mapper() {
        JsonMapper.Builder builder =
                JsonMapper.builder().addModule(new RequiredPrimitives()).addModule(new StrictScalars());
        writeTheSameBytes(builder);
        keepTimesAsTheyAre(builder);
        refuseOtherShapes(builder);
        return builder.enable(MapperFeature.INFER_RECORD_GETTERS_FROM_COMPONENTS_ONLY)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    /** Independent of the run, the machine and the locale. */
    private static void writeTheSameBytes(JsonMapper.Builder builder) {
        builder.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .enable(SerializationFeature.ORDER_SET_ELEMENTS)
                .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING)
                .disable(EnumFeature.READ_ENUMS_USING_TO_STRING);
    }

    /** ISO text is Jackson's default, but reading it with its own offset and zone is not. */
    private static void keepTimesAsTheyAre(JsonMapper.Builder builder) {
        builder.enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
                .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .disable(DateTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID);
    }

    /**
     * By default Jackson would truncate 1.5 to 1, read "1" as 1, 1 as "1", "" as null, and the last of two properties
     * of the same name. A changed shape should be handled by an upcaster instead.
     */
    private static void refuseOtherShapes(JsonMapper.Builder builder) {
        builder.enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .defaultDateFormat(new StdDateFormat().withLenient(false))
                .withCoercionConfigDefaults(JsonDefaults::refuseAll);
        for (LogicalType type : LogicalType.values()) {
            builder.withCoercionConfig(type, JsonDefaults::refuseAll);
        }
        // Many programs write 30 for 30.0; these two types may be written as "".
        builder.withCoercionConfig(
                LogicalType.Float, c -> c.setCoercion(CoercionInputShape.Integer, CoercionAction.TryConvert));
        for (Class<?> type : List.of(URI.class, Locale.class)) {
            builder.withCoercionConfig(
                    type, c -> c.setCoercion(CoercionInputShape.EmptyString, CoercionAction.AsEmpty));
        }
    }

    /** Called for JSON that the type is not written as, and that Jackson would convert. */
    private static void refuseAll(MutableCoercionConfig coercions) {
        for (CoercionInputShape shape : CoercionInputShape.values()) {
            coercions.setCoercion(shape, CoercionAction.Fail);
        }
        coercions.setAcceptBlankAsEmpty(false);
    }

    /** Without this setting a missing number would silently be read as 0. */
    private static final class RequiredPrimitives extends SimpleModule {
        private static final long serialVersionUID = 1L;

        RequiredPrimitives() {
            super("headwater-required-primitives");
        }

        @Override
        public void setupModule(SetupContext context) {
            super.setupModule(context);
            context.appendAnnotationIntrospector(new NopAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
                    boolean primitive = member.getRawType().isPrimitive();
                    return (member instanceof AnnotatedParameter && primitive) ? Boolean.TRUE : null;
                }
            });
        }
    }
}
