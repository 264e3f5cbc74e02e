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
