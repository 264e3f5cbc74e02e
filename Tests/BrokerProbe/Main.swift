#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

import Foundation

/// A process of a test's own: it opens the store that its one argument names, does there what the argument says, and
/// tells of every step on standard output. The argument is a ``ProbeJob`` as JSON, and so is each line.
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
