import Yams

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
