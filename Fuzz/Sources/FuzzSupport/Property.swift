/// Ends the program unless the property holds. libFuzzer treats this as a crash and saves the input.
///
/// - Parameters:
///   - sentence: What must hold for every input.
///   - holds: Whether it holds.
public func property(
    _ sentence: @autoclosure () -> String,
    holds: Bool,
    file: StaticString = #fileID,
    line: UInt = #line
) {
    guard holds else { fatalError("Broken property: \(sentence())", file: file, line: line) }
}
