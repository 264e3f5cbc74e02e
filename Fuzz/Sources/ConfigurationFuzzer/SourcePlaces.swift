import BrokerConfiguration

/// The valid positions in a file: before each character, after the last one of every line, and the end, which YAML
/// treats as the start of another line.
struct SourcePlaces {
    /// The length of each line in Unicode scalars.
    private var lengths = [0]

    /// Counts lines as YAML does (YAML 1.1 §5.4), without a byte order mark.
    init(of yaml: [UInt8]) {
        var previous: Unicode.Scalar?
        for scalar in String(decoding: yaml, as: UTF8.self).unicodeScalars {
            switch scalar {
            case "\u{FEFF}" where previous == nil:
                break
            case "\n" where previous == "\r":
                break
            case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}":
                lengths.append(0)
            default:
                lengths[lengths.count - 1] += 1
            }
            previous = scalar
        }
    }

    func contains(_ place: SourcePosition) -> Bool {
        (place.line == lengths.count + 1 && place.column == 1)
            || lengths.indices.contains(place.line - 1) && (1...lengths[place.line - 1] + 1).contains(place.column)
    }
}
