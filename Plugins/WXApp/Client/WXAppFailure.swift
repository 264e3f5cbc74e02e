/// Why a visit to the mini program yielded no usable ticket.
public struct WXAppFailure: Hashable, Sendable, CustomStringConvertible {
    /// What failed. The raw values are stable.
    public enum Kind: String, CaseIterable, Sendable {
        /// WeChat did not open the mini program; the upstream code is the `errCode` of its response.
        case weChat = "wechat"
        /// The mini program reported a failure; the upstream code is the `code` of its query.
        case miniProgram = "mini_program"
        /// A ticket arrived, but no code that says the user signed in.
        case codeMissing = "code_missing"
        /// The code is not a plain decimal number.
        case codeMalformed = "code_malformed"
        /// The code says that the user signed in, but no ticket arrived.
        case ticketMissing = "ticket_missing"
        /// The ticket contains characters that no ticket contains.
        case ticketMalformed = "ticket_malformed"
    }

    enum Cause: Hashable {
        case weChat(errCode: Int32)
        case miniProgram(code: Int)
        case codeMissing
        case codeMalformed
        case ticketMissing
        case ticketMalformed
    }

    /// The longest ``untrustedMessage``, in Unicode scalars.
    public static let maximumMessageLength = 256

    private let cause: Cause

    /// What the mini program's query says about the failure: untrusted text, for a log that escapes it.
    ///
    /// At most ``maximumMessageLength`` Unicode scalars, control and format characters removed. Nil if there is none, or
    /// if the query also had a ticket, which the message might quote.
    public let untrustedMessage: String?

    init(_ cause: Cause, message: String? = nil) {
        self.cause = cause
        self.untrustedMessage = message.flatMap(Self.cleaned)
    }

    /// What failed.
    public var kind: Kind {
        switch cause {
        case .weChat: .weChat
        case .miniProgram: .miniProgram
        case .codeMissing: .codeMissing
        case .codeMalformed: .codeMalformed
        case .ticketMissing: .ticketMissing
        case .ticketMalformed: .ticketMalformed
        }
    }

    /// The number from WeChat or the mini program; nil unless the kind is one of those two.
    public var upstreamCode: Int? {
        switch cause {
        case .weChat(let errCode): Int(errCode)
        case .miniProgram(let code): code
        case .codeMissing, .codeMalformed, .ticketMissing, .ticketMalformed: nil
        }
    }

    /// A sentence for people, without the untrusted message.
    public var description: String {
        switch cause {
        case .weChat(let errCode):
            """
            WeChat did not open the mini program: error \(errCode), \
            \(WeChatErrorCode(rawValue: errCode)?.meaning ?? "which its SDK does not list").
            """
        case .miniProgram(let code):
            "The mini program reported code \(code); start again from the app."
        case .codeMissing:
            "The mini program returned a ticket without the code that says the user signed in; start again from the app."
        case .codeMalformed:
            "The mini program returned a code that is not a number; start again from the app."
        case .ticketMissing:
            "The mini program reported success but returned no ticket; start again from the app."
        case .ticketMalformed:
            "The mini program returned a ticket with characters that no ticket has; pass its query on unaltered."
        }
    }

    private static func cleaned(_ message: String) -> String? {
        let shown = message.unicodeScalars.lazy.filter { !$0.isControlOrFormat }.prefix(maximumMessageLength)
        return shown.isEmpty ? nil : String(String.UnicodeScalarView(shown))
    }
}
