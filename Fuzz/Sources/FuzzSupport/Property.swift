/// Ends the program unless the property holds, which libFuzzer takes for a crash: it keeps the input.
///
/// - Parameters:
///   - sentence: What must hold for every input.
///   - holds: Whether it does.
public func property(
    _ sentence: @autoclosure () -> String,
    holds: Bool,
    file: StaticString = #fileID,
    line: UInt = #line
) {
    guard holds else { fatalError("Broken property: \(sentence())", file: file, line: line) }
}
