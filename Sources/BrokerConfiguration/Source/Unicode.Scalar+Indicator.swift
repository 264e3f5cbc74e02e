extension Unicode.Scalar {
    /// What the character introduces in YAML at the start of a token, if configuration does not allow that.
    var indicatorName: String? {
        switch self {
        case "&": "anchors"
        case "*": "aliases"
        case "!": "tags"
        case "%": "directives"
        case "?": "complex keys"
        default: nil
        }
    }

    /// Whether the character introduces something that configuration does not allow.
    var isIndicator: Bool { indicatorName != nil }
}
