extension Unicode.Scalar {
    /// Whether this controls how text is displayed instead of being displayed: control characters, and format
    /// characters such as the bidirectional overrides, which let one text pass for another.
    var isControlOrFormat: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    /// Whether this is neither white space nor a control or format character.
    var isVisible: Bool {
        !isControlOrFormat && !properties.isWhitespace
    }
}
