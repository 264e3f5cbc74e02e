/// Why the mini program's query cannot be read at all.
public struct WXAppCallbackError: Error, Hashable, Sendable, CustomStringConvertible {
    enum Problem: Hashable {
        case tooLong
        case ambiguous(CallbackParameters.Name)
    }

    private let problem: Problem

    init(_ problem: Problem) {
        self.problem = problem
    }

    /// What is wrong, as a stable name: `callback_too_long`, `code_ambiguous` or `ticket_ambiguous`.
    public var code: String {
        switch problem {
        case .tooLong: "callback_too_long"
        case .ambiguous(let name): "\(name.rawValue)_ambiguous"
        }
    }

    /// A sentence for people, with nothing from the query in it.
    public var description: String {
        switch problem {
        case .tooLong:
            """
            The mini program's query is longer than \(WXAppCallback.maximumLength) bytes; \
            pass on what the mini program returned and nothing else.
            """
        case .ambiguous(let name):
            """
            The mini program's query gives more than one \(name.rawValue), and they differ; \
            pass on what the mini program returned and nothing else.
            """
        }
    }
}
