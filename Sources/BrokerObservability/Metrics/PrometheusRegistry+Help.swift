extension PrometheusRegistry {
    /// The help texts of the broker's own metrics, by name.
    static let brokerHelp = [
        "broker_breaker_state": "Circuit breaker of a provider: 0 closed, 1 half open, 2 open.",
        "broker_configuration_last_reload_successful": "Whether all of the configuration file is applied: 1, or 0.",
        "broker_configuration_settings_needing_restart": "Settings of the file that take effect after a restart.",
        "broker_connections": "Open connections of clients.",
        "broker_connections_accepted_total": "Connections accepted from clients.",
        "broker_connections_limit": "Connections of clients that may be open at once.",
        "broker_connections_refused_total": "Connections refused at a limit.",
        "broker_connections_replaced_total": "Idle connections closed at a limit to make room for another.",
        "broker_http_request_duration_seconds": "Time from a complete request to its answer.",
        "broker_http_request_queue_seconds": "Time that requests waited for their turn, if they had to.",
        "broker_http_requests_held": "Complete requests that are worked on, or wait for their turn.",
        "broker_http_requests_total": "Requests answered.",
        "broker_log_lines_dropped_total": "Log lines lost because standard error did not take them in time.",
        "broker_login_duration_seconds": "Time that logins took, by outcome.",
        "broker_logins_total": "Logins, by outcome.",
        "broker_logins_under_way": "Logins that are being exchanged with the upstream.",
        "broker_logins_waiting": "Logins that wait for their turn.",
        "broker_logout_deliveries_total": "Attempts to tell a client that a session has ended, by outcome.",
        "broker_shared_fetches_total": "Fetches from an upstream that logins share, such as its keys, by outcome.",
        "broker_store_connections": "Connections to the store.",
        "broker_store_connections_max": "Connections to the store that may be open at once.",
        "broker_store_operation_duration_seconds": "Time that calls to the store took, by outcome.",
        "broker_store_pending_operations": "Calls to the store that wait for their turn or are under way.",
        "broker_tls_certificate_expiry_timestamp_seconds": "When the serving certificate expires, in Unix time.",
        "broker_tls_certificate_last_renewal_successful": "Whether the certificate in the files is served: 1, or 0.",
        "broker_token_requests_total": "Requests for, about and against tokens, by outcome.",
        refusedName: "Metrics that were used and are not shown.",
    ]

    static let refusedName = "prometheus_registry_refused_total"
}
