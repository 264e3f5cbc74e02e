import Yams

/// The text of a configuration file: UTF-8 of bounded length without control characters or byte order mark.
struct SourceText {
    /// The longest configuration accepted, in bytes. Thousands of provider instances fit.
    static let maximumBytes = 1024 * 1024

    let text: String

    init(_ bytes: [UInt8]) throws(SourceFault) {
        guard bytes.count <= Self.maximumBytes else {
            throw SourceFault(.unreadable, at: nil, "The file is longer than 1 MiB. Is it the right one?")
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

/// Why a text cannot be read as the YAML of a configuration.
struct SourceFault: Error, Equatable {
    let kind: ConfigurationProblem.Kind
    let position: SourcePosition?
    let message: String

    init(_ kind: ConfigurationProblem.Kind, at position: SourcePosition?, _ message: String) {
        self.kind = kind
        self.position = position
        self.message = message
    }
}

extension SourceFault {
    /// An error of Yams in our own words around its own. Its errors contain the whole text, which must not be shown.
    init(_ error: any Error) {
        switch error as? YamlError {
        case .scanner(let context, let problem, let mark, let yaml),
            .parser(let context, let problem, let mark, let yaml):
            let position = SourcePosition(mark)
            self.init(.malformed, at: position, Self.message(problem, in: context, at: position, of: yaml))
        case .composer(_, _, let mark, _):
            self.init(
                .refusedSyntax,
                at: SourcePosition(mark),
                "Another document begins here. A configuration is a single one."
            )
        case .duplicatedKeysInMapping(_, let context):
            self.init(
                .duplicateKey,
                at: SourcePosition(context.mark),
                "Duplicate key: it appears again further down in this mapping. Keep one of them."
            )
        default:
            self.init(.malformed, at: nil, "This is not valid YAML.")
        }
    }

    private static func message(
        _ problem: String,
        in context: YamlError.Context?,
        at position: SourcePosition,
        of text: String
    ) -> String {
        if text.scalar(at: position) == "\t" {
            return "This is a tab. Indent YAML with spaces."
        }
        let opening = context.map { SourcePosition($0.mark) }.flatMap { $0 == position ? nil : $0 }
        return "This is not valid YAML: \(problem)" + (opening.map { ", in what begins at \($0)." } ?? ".")
    }
}

extension SourcePosition {
    init(_ mark: Mark) {
        self.init(line: mark.line, column: mark.column)
    }
}
