import ArgumentParser
import Foundation

/// Turns the measurements into tables, a plot and a verdict on every target.
@main
struct BenchmarkReport: ParsableCommand {
    @Argument(help: "The file with one sample a line.")
    var samples: String

    @Option(help: "The directory that gets report.md and plot.svg.")
    var output: String

    @Option(parsing: .singleValue, help: "What a reader has to know of the machine and the run; any number of times.")
    var note: [String] = []

    func run() throws {
        let text = try String(contentsOfFile: samples, encoding: .utf8)
        let results = Results(try text.split(separator: "\n").map { try Sample(line: $0) })
        let report = MarkdownReport(results: results, targets: Target.all(in: results), notes: note)
        try write(report.text, to: "report.md")
        try write(Plot(results).svg, to: "plot.svg")
        print(report.verdicts)
    }

    private func write(_ text: String, to name: String) throws {
        try text.write(to: URL(filePath: output).appending(path: name), atomically: true, encoding: .utf8)
    }
}
