import BrokerConfiguration
import FuzzSupport

/// The properties of the problems found in a file.
enum ProblemProperties {
    private static let kinds: Set<ConfigurationProblem.Kind> = [
        .unreadable, .malformed, .refusedSyntax, .duplicateKey, .unsupportedVersion, .unknownKey, .missingKey,
        .wrongType, .invalidValue,
    ]

    static func check(_ error: ConfigurationError, in yaml: [UInt8]) {
        let problems = error.problems
        property("A refusal has a reason, and no more than anybody reads", holds: (1...100).contains(problems.count))
        property("Reading finds its own kinds of problem", holds: problems.allSatisfy { kinds.contains($0.kind) })
        checkWords(problems, Planted(in: yaml))

        // Problems with the whole file come first.
        let places = problems.compactMap(\.position)
        property(
            "Problems are in the order of the file", holds: zip(places, places.dropFirst()).allSatisfy { $0 <= $1 })
        let text = SourcePlaces(of: yaml)
        for place in places {
            property("A problem lies in the file, not at \(place)", holds: text.contains(place))
        }
    }

    /// Messages are safe for a terminal and a log, and repeat no secret.
    static func checkWords(_ problems: [ConfigurationProblem], _ planted: Planted) {
        for problem in problems {
            property("A problem names its file", holds: problem.file == Reading.file)
            property("A problem says what is wrong", holds: !problem.message.isEmpty)
            property("A problem is told in few words", holds: problem.message.utf8.count <= 1000)
            let words = "\(problem) \(problem.keyPath)"
            property("A problem is told on one line", holds: words.isOneVisibleLine)
            planted.checkAbsence(from: words)
        }
    }
}
