import IdentityBroker

extension ProviderRules {
    var secrecyRules: [ConformanceCase] {
        [
            rule(
                "no error contains a credential, a secret, a token or a phone number",
                because: "Errors are shown, logged and counted. Whatever one contains is known to all readers."
            ) { (login: FinishedLogin) in
                guard case .failure(let error) = login.attempt.outcome else { return }
                try login.mustHide(from: Haystack(renderingsOf: error), "the error")
                guard let thrown = login.attempt.watch.ending?.error else { return }
                try login.mustHide(
                    from: Haystack(renderingsOf: thrown), "the error that the provider threw (the pipeline removed it)")
            },
            rule(
                "no log line contains a credential, a secret, a token or a phone number",
                because: "Logs are kept, shipped and searched by people who must not be able to sign in as others."
            ) { (login: FinishedLogin) in
                let text = login.attempt.visit.recorder.log.text
                try login.mustHide(from: Haystack(text), "the log")
                // What the core removes is marked. That is the last line of defense, not to be relied on.
                try require(
                    !text.contains("<redacted>"),
                    "\(login.circumstances): the core had to redact something that the provider logged"
                )
            },
            rule(
                "no metric, span or audit event contains a credential, a secret, a token or a phone number",
                because: "They leave the machine by default, and are kept longer than anything else."
            ) { (login: FinishedLogin) in
                let recorder = login.attempt.visit.recorder
                try login.mustHide(from: Haystack(recorder.metricsText), "a metric")
                try login.mustHide(from: Haystack(recorder.spansText), "a span")
                guard let event = login.attempt.event else { throw Observation("there is no audit event") }
                try login.mustHide(from: Haystack(renderingsOf: event), "the audit event")
            },
        ]
    }
}

extension FinishedLogin {
    fileprivate func mustHide(from haystack: Haystack, _ place: String) throws {
        for canary in canaries {
            try require(!canary.isFound(in: haystack), "\(circumstances): \(canary) appears in \(place)")
        }
    }
}
