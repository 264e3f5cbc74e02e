/// Why a visit to Feishu yielded no usable code.
public struct FeishuAuthFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// What failed. The raw values are stable.
    public enum Kind: String, CaseIterable, Sendable {
        /// Feishu's SDK reports a failure; see ``FeishuAuthFailure/upstreamCode``.
        case sdk
        /// The answer is not the one to the app's request.
        case otherState = "other_state"
        /// There is no code in it.
        case codeMissing = "code_missing"
        /// The code has characters that no code has.
        case codeMalformed = "code_malformed"
    }

    enum Cause: Hashable {
        case sdk(Int?)
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

    /// The SDK's code; nil unless the kind is ``Kind/sdk`` and it gave one.
    public var upstreamCode: Int? {
        if case .sdk(let code) = cause { code } else { nil }
    }

    /// A sentence for people.
    public var description: String {
        switch cause {
        case .sdk(SDKError.notOpened.rawValue): "Feishu could not be opened. Install or update it, and try again."
        case .sdk(SDKError.refused.rawValue): "Feishu did not sign you in. Check that you may use this app there."
        case .sdk(SDKError.parameters.rawValue): "Feishu does not accept the app. Update the app, and try again."
        case .sdk(let code?): "Feishu's SDK failed with code \(code). Try again."
        case .sdk(nil): "Feishu did not finish signing in. Try again."
        case .otherState: "Feishu's answer belongs to another login. Begin a new one."
        case .codeMissing: "Feishu reported success without a code. Begin a new login."
        case .codeMalformed: "Feishu returned a code with characters that no code has. Begin a new login."
        }
    }
}
