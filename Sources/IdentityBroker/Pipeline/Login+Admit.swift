extension Login {
    /// Step 3: the instance has room for one more, and the clock starts. Whoever was let in has to be let out.
    func admit(to provider: ResolvedProvider) throws(BrokerError) -> Deadline {
        try provider.entry.admission.enter()
        return Deadline(in: provider.instance.limits.timeout, by: broker.clock)
    }
}
