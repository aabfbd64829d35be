package io.headwater.cli;

import io.headwater.cli.text.Figures;
import io.headwater.cli.text.TextTable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** What a day consumes and costs, at the prices of a million units. */
final class CostReport {
    private static final double MILLION = 1_000_000;

    private final List<CostLine> lines;
    private final BigDecimal writePrice;
    private final BigDecimal readPrice;

    CostReport(List<CostLine> lines, BigDecimal writePrice, BigDecimal readPrice) {
        this.lines = lines;
        this.writePrice = writePrice;
        this.readPrice = readPrice;
    }

    void print(Output out) {
        if (out.json()) {
            lines.forEach(line -> printJson(line, out));
        } else {
            printText(out);
        }
    }

    private double price(CostLine line) {
        BigDecimal ofMillion = line.writes() ? writePrice : readPrice;
        return line.units() / MILLION * ofMillion.doubleValue();
    }

    private void printText(Output out) {
        TextTable table = new TextTable("in a day", ">number", ">units each", ">write units", ">read units", ">USD");
        lines.stream().filter(line -> line.number() > 0).forEach(line -> row(line, table));
        table.row(
                "all",
                "",
                "",
                whole(units(true)),
                whole(units(false)),
                decimal(lines.stream().mapToDouble(this::price).sum()));
        out.table(table);
        out.line("at %s USD for a million write units, %s USD for a million read units"
                .formatted(writePrice.toPlainString(), readPrice.toPlainString()));
    }

    private void row(CostLine line, TextTable table) {
        String units = whole(line.units());
        table.row(
                line.what(),
                Figures.count(line.number()),
                decimal(line.each()),
                line.writes() ? units : "",
                line.writes() ? "" : units,
                decimal(price(line)));
    }

    private double units(boolean writes) {
        return lines.stream()
                .filter(line -> line.writes() == writes)
                .mapToDouble(CostLine::units)
                .sum();
    }

    private static String whole(double number) {
        return String.format(Locale.ROOT, "%,.0f", number);
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%,.2f", number);
    }

    private void printJson(CostLine line, Output out) {
        out.object(json -> {
            json.writeStringProperty("what", line.what());
            json.writeNumberProperty("number", line.number());
            json.writeNumberProperty("unitsEach", line.each());
            json.writeNumberProperty(line.writes() ? "writeUnits" : "readUnits", line.units());
            json.writeNumberProperty("usd", price(line));
        });
    }
}
