/// What the mini program returned: the query string `code=200&message=…&ticket=…`.
///
/// It reaches an app as `WXLaunchMiniProgramResp.extMsg` and a server by way of that app, so all of it is untrusted
/// text. The outcome follows from `code` and `ticket`; if they disagree, there is no ticket:
///
/// | code | ticket | outcome |
/// |---|---|---|
/// | 200 | well formed | ``WXAppOutcome/authorized(_:)`` |
/// | 200 | absent or malformed | failed |
/// | 400 | any | ``WXAppOutcome/cancelled`` |
/// | any other | any | failed |
/// | absent | absent | ``WXAppOutcome/cancelled``: the user came back without having finished |
/// | absent | any | failed |
///
/// A whole URL, a leading `?`, and white space around the query are accepted. Names match exactly; parameters with
/// other names are ignored, and an empty value counts as absent. A value may contain `=` and raw or percent-encoded
/// UTF-8; a `+` stays a plus sign, and a malformed escape stays unchanged. `code` and `ticket` may be repeated only
/// with the same value; of several messages the first is used.
public struct WXAppCallback: Sendable {
    /// The longest callback that is read, in bytes of UTF-8.
    public static let maximumLength = 16 * 1024

    /// How the visit to the mini program ended.
    public let outcome: WXAppOutcome

    /// Reads the query string that the mini program returned.
    ///
    /// - Throws: ``WXAppCallbackError`` if the text is longer than ``maximumLength``, or gives two different codes or two
    ///   different tickets.
    public init(query: String) throws(WXAppCallbackError) {
        guard query.utf8.count <= Self.maximumLength else { throw WXAppCallbackError(.tooLong) }
        outcome = Self.outcome(of: try CallbackParameters(query))
    }

    private static func outcome(of parameters: CallbackParameters) -> WXAppOutcome {
        // A message next to a ticket may quote the ticket.
        let message = parameters.ticket == nil ? parameters.message : nil

        switch (parameters.code, parameters.ticket) {
        case ("200", let text?):
            guard let ticket = WXAppTicket(text) else { return .failed(WXAppFailure(.ticketMalformed)) }
            return .authorized(ticket)
        case ("200", nil):
            return .failed(WXAppFailure(.ticketMissing, message: message))
        case ("400", _), (nil, nil):
            return .cancelled
        case (nil, .some):
            return .failed(WXAppFailure(.codeMissing))
        case (let code?, _):
            guard let number = Int(code), String(number) == code else {
                return .failed(WXAppFailure(.codeMalformed, message: message))
            }
            return .failed(WXAppFailure(.miniProgram(code: number), message: message))
        }
    }
}

/// How the visit to the mini program ended.
public enum WXAppOutcome: Sendable {
    /// The user signed in, and this is the ticket. It came through the client and proves nothing until a server has
    /// exchanged it.
    case authorized(WXAppTicket)
    /// The user refused, or came back without finishing.
    case cancelled
    /// Signing in failed.
    case failed(WXAppFailure)
}

/// The ticket of a user who signed in: the credential to hand to the server, which exchanges it for the identity.
///
/// Valid for two minutes by default (GenAuth, "Getting User Information"). It has no description and its mirror is
/// empty, so that neither interpolation nor `dump` nor a log line shows it; ``value`` does.
public struct WXAppTicket: Sendable, CustomReflectable {
    /// The ticket itself: one or more visible ASCII characters.
    public let value: String

    /// A mirror without children.
    public var customMirror: Mirror {
        Mirror(self, children: [:])
    }

    /// Nil unless the text is one or more visible ASCII characters, as every ticket is.
    init?(_ value: String) {
        guard !value.isEmpty, value.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        self.value = value
    }
}

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
