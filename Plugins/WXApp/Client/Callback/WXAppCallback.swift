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
