/// What a check saw that contradicts its rule.
package struct Observation: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}

/// Goes on if the condition holds, and else ends the check with what was seen.
package func require(
    _ condition: @autoclosure () -> Bool,
    _ observation: @autoclosure () -> String
) throws(Observation) {
    guard condition() else { throw Observation(observation()) }
}
