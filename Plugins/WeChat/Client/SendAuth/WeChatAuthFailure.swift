/// Why a visit to WeChat yielded no usable code.
public struct WeChatAuthFailure: Hashable, Sendable, CustomStringConvertible {
    /// What failed. The raw values are stable.
    public enum Kind: String, CaseIterable, Sendable {
        /// WeChat reported a failure; the upstream code is the `errCode` of its answer.
        case weChat = "wechat"
        /// A success came without the state, so nothing says that it is the answer to this app's request.
        case stateMissing = "state_missing"
        /// The answer is to another request, or forged.
        case stateMismatched = "state_mismatched"
        /// WeChat reported success, but no code arrived.
        case codeMissing = "code_missing"
        /// The code contains characters that no code contains, or is too long.
        case codeMalformed = "code_malformed"
    }

    enum Cause: Hashable {
        case weChat(errCode: Int32)
        case stateMissing
        case stateMismatched
        case codeMissing
        case codeMalformed
    }

    private let cause: Cause

    init(_ cause: Cause) {
        self.cause = cause
    }

    /// What failed.
    public var kind: Kind {
        switch cause {
        case .weChat: .weChat
        case .stateMissing: .stateMissing
        case .stateMismatched: .stateMismatched
        case .codeMissing: .codeMissing
        case .codeMalformed: .codeMalformed
        }
    }

    /// The number from WeChat; nil unless the kind is ``Kind/weChat``.
    public var upstreamCode: Int? {
        guard case .weChat(let errCode) = cause else { return nil }
        return Int(errCode)
    }

    /// A sentence for people, with nothing from the answer but its number.
    public var description: String {
        switch cause {
        case .weChat(let errCode):
            """
            WeChat did not sign the user in: error \(errCode), \
            \(WeChatErrorCode(rawValue: errCode)?.meaning ?? "which its SDK does not list").
            """
        case .stateMissing:
            "WeChat's answer came without the state of the request; start again."
        case .stateMismatched:
            "The answer belongs to another request; ignore it, and wait for the one to yours or start again."
        case .codeMissing:
            "WeChat reported success but returned no code; start again."
        case .codeMalformed:
            "WeChat returned a code that is too long, or has characters that no code has; start again."
        }
    }
}
