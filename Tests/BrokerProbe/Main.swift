#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

import Foundation

/// A process for a test: it opens the store and does the work that its one argument names, and reports every step on
/// standard output. The argument is a ``ProbeJob`` as JSON, and each line is a ``ProbeLine``.
@main
struct Main {
    static func main() async {
        do {
            let arguments = CommandLine.arguments
            guard arguments.count == 2 else { throw UsageFailure() }
            try await JSONDecoder().decode(ProbeJob.self, from: Data(arguments[1].utf8)).run(Output.print)
        } catch {
            Output.print(.failed("\(error)"))
            exit(1)
        }
    }

    private struct UsageFailure: Error, CustomStringConvertible {
        let description = "Usage: broker-probe JOB, the job as JSON"
    }
}
