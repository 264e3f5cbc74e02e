import LoopbackServer

/// A scripted failure of one exchange.
struct SandboxFault {
    let script: ServerScript
    let moment: FaultMoment
}
