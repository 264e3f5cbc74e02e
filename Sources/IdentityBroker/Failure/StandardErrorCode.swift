/// The error codes of OAuth 2.0 and OpenID Connect. A closed list, since an upstream's own text could carry anything.
enum StandardErrorCode {
    static let all: Set<String> = [
        // RFC 6749 §4.1.2.1 and §5.2
        "invalid_request", "unauthorized_client", "access_denied", "unsupported_response_type", "invalid_scope",
        "server_error", "temporarily_unavailable", "invalid_client", "invalid_grant", "unsupported_grant_type",
        // RFC 6750 §3.1
        "invalid_token", "insufficient_scope",
        // RFC 8628 §3.5
        "authorization_pending", "slow_down", "expired_token",
        // RFC 8707 §2, RFC 9449 §5
        "invalid_target", "invalid_dpop_proof", "use_dpop_nonce",
        // OpenID Connect Core §3.1.2.6
        "interaction_required", "login_required", "account_selection_required", "consent_required",
        "invalid_request_uri", "invalid_request_object", "request_not_supported", "request_uri_not_supported",
        "registration_not_supported",
    ]
}
