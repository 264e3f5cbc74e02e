/// Why a visit to WeCom yielded no usable code.
public struct WeComAuthFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// What failed. The raw values are stable.
    public enum Kind: String, CaseIterable, Sendable {
        /// WeCom's SDK reports a failure; see ``WeComAuthFailure/upstreamCode``.
        case sdk
        /// The answer is not the one to the app's request.
        case otherState = "other_state"
        /// There is no code in it.
        case codeMissing = "code_missing"
        /// The code has characters that no code has.
        case codeMalformed = "code_malformed"
    }

    enum Cause: Hashable {
        case sdk(Int)
        case otherState
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
        case .sdk: .sdk
        case .otherState: .otherState
        case .codeMissing: .codeMissing
        case .codeMalformed: .codeMalformed
        }
    }

    /// The SDK's code; nil unless the kind is ``Kind/sdk``.
    public var upstreamCode: Int? {
        if case .sdk(let code) = cause { code } else { nil }
    }

    /// A sentence for people.
    public var description: String {
        switch cause {
        case .sdk(let code):
            "WeCom's SDK failed with code \(code). Check that WeCom is installed and up to date, and try again."
        case .otherState: "WeCom's answer belongs to another login. Begin a new one."
        case .codeMissing: "WeCom reported success without a code. Begin a new login."
        case .codeMalformed: "WeCom returned a code with characters that no code has. Begin a new login."
        }
    }
}
