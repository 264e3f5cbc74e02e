/// One rule of a conformance kit: what must hold, why, and the check.
public struct ConformanceCase: Sendable, CustomStringConvertible {
    /// The rule, as a sentence without its full stop.
    public let name: String
    /// Why the rule exists, in a sentence or two.
    public let reason: String

    private let body: @Sendable () async throws -> Void

    /// Creates a rule.
    ///
    /// - Parameters:
    ///   - name: The rule, as a sentence without its full stop.
    ///   - reason: Why it exists, in a sentence or two.
    ///   - body: Returns if the rule holds. The description of what it throws says what was seen instead.
    public init(_ name: String, because reason: String, _ body: @escaping @Sendable () async throws -> Void) {
        self.name = name
        self.reason = reason
        self.body = body
    }

    /// Checks the rule.
    ///
    /// - Throws: ``ConformanceFailure`` if the rule does not hold or could not be checked; `CancellationError` if the task
    ///   was cancelled meanwhile.
    public func check() async throws {
        do {
            try await body()
        } catch is CancellationError where Task.isCancelled {
            throw CancellationError()
        } catch {
            throw ConformanceFailure(rule: name, reason: reason, observation: "\(error)")
        }
    }

    /// The rule's name: what a test report shows for the case.
    public var description: String { name }
}

extension [ConformanceCase] {
    /// Checks every rule, one after the other, regardless of earlier failures.
    ///
    /// - Throws: ``ConformanceFailures`` with every rule that does not hold; `CancellationError` if the task was cancelled.
    package func checkAll() async throws {
        var failures: [ConformanceFailure] = []
        for rule in self {
            do {
                try await rule.check()
            } catch let failure as ConformanceFailure {
                failures.append(failure)
            }
        }
        guard failures.isEmpty else { throw ConformanceFailures(failures) }
    }
}

/// A rule of a conformance kit that does not hold.
public struct ConformanceFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// The rule; see ``ConformanceCase/name``.
    public let rule: String
    /// Why the rule exists.
    public let reason: String
    /// What was seen instead.
    public let observation: String

    init(rule: String, reason: String, observation: String) {
        self.rule = rule
        self.reason = reason
        self.observation = observation
    }

    /// The rule, what was seen instead, and why it matters.
    public var description: String {
        """
        rule: \(rule)
        seen: \(observation)
        why:  \(reason)
        """
    }
}

/// All the rules of a conformance kit that do not hold.
public struct ConformanceFailures: Error, Sendable, Hashable, CustomStringConvertible {
    /// The failures, in the order of the kit's rules; at least one.
    public let failures: [ConformanceFailure]

    init(_ failures: [ConformanceFailure]) {
        self.failures = failures
    }

    /// Every failure, one after another.
    public var description: String {
        let count = failures.count == 1 ? "1 rule does not hold." : "\(failures.count) rules do not hold."
        return ([count] + failures.map(\.description)).joined(separator: "\n\n")
    }
}

/// An observation that contradicts the rule being checked.
package struct Observation: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}

/// Continues if the condition holds; otherwise ends the check with the observation.
package func require(
    _ condition: @autoclosure () -> Bool,
    _ observation: @autoclosure () -> String
) throws(Observation) {
    guard condition() else { throw Observation(observation()) }
}
