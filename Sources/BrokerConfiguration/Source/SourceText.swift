/// The text of a configuration file: UTF-8 of bounded length without control characters or byte order mark.
struct SourceText {
    /// The longest configuration accepted, in bytes. Thousands of provider instances fit.
    static let maximumBytes = 1024 * 1024

    let text: String

    init(_ bytes: [UInt8]) throws(SourceFault) {
        guard bytes.count <= Self.maximumBytes else {
            throw SourceFault(.unreadable, at: nil, "The configuration is longer than 1 MiB. Is it the right file?")
        }
        var decoder = Unicode.UTF8()
        // The mark would count as a column, and give the first line a different indentation.
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        var iterator = bytes.dropFirst(bytes.starts(with: mark) ? mark.count : 0).makeIterator()
        var scalars = String.UnicodeScalarView()
        var counter = PositionCounter()
        decoding: while true {
            switch decoder.decode(&iterator) {
            case .emptyInput:
                break decoding
            case .error:
                throw SourceFault(
                    .malformed,
                    at: counter.position,
                    "This is not UTF-8 text. Save the file as UTF-8."
                )
            case .scalarValue(let scalar):
                guard !scalar.isRefusedControl else {
                    throw SourceFault(
                        .malformed,
                        at: counter.position,
                        "The value contains a control character. Remove it."
                    )
                }
                scalars.append(scalar)
                counter.pass(scalar)
            }
        }
        text = String(scalars)
    }
}

extension Unicode.Scalar {
    /// Whether the scalar is a control character other than a tab or a line break.
    var isRefusedControl: Bool {
        properties.generalCategory == .control && self != "\t" && self != "\n" && self != "\r"
    }
}
