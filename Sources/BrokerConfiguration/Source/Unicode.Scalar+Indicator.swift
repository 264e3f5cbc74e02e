extension Unicode.Scalar {
    /// What the character introduces in YAML where a token may begin, for those that configuration does without.
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

    /// Whether the character introduces something that configuration does without.
    var isIndicator: Bool { indicatorName != nil }
}
