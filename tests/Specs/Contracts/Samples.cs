using Luodi.Contracts;
using Luodi.Contracts.Audit;
using Luodi.Contracts.Funds;
using Luodi.Contracts.Portal;
using Luodi.Contracts.Projects;
using Luodi.Contracts.Reporting;
using Luodi.Contracts.Signings;

namespace Luodi.Specs.Contracts;

/// <summary>One of each event, with every field filled: a field that is left out would not be seen to change.</summary>
internal static class Samples
{
    private static readonly Guid Ceremony = Guid.Parse("018acd2e-6b00-7000-8000-000000000001");
    private static readonly Guid Claim = Guid.Parse("018acd2e-6b00-7000-8000-000000000002");
    private static readonly Guid Project = Guid.Parse("018acd2e-6b00-7000-8000-000000000003");
    private static readonly Guid Agreement = Guid.Parse("018acd2e-6b00-7000-8000-000000000004");
    private static readonly Guid Fund = Guid.Parse("018acd2e-6b00-7000-8000-000000000005");
    private static readonly Guid Account = Guid.Parse("018acd2e-6b00-7000-8000-000000000007");
    private static readonly Guid Client = Guid.Parse("018acd2e-6b00-7000-8000-000000000008");
    private static readonly Guid Term = Guid.Parse("018acd2e-6b00-7000-8000-000000000009");
    private static readonly Guid Policy = Guid.Parse("018acd2e-6b00-7000-8000-00000000000a");
    private static readonly Guid Commitment = Guid.Parse("018acd2e-6b00-7000-8000-000000000006");
    private static readonly Guid Earlier = Guid.Parse("018acd2e-6b00-7000-8000-00000000000b");
    private static readonly Guid Partner = Guid.Parse("018acd2e-6b00-7000-8000-00000000000c");
    private static readonly DateOnly Day = new(2023, 9, 28);

    public static IReadOnlyList<object> All { get; } =
    [
        new LeadRegistered(Project, "功率器件封装", Industries.Microelectronics, "某投资方", Money.Yuan(1_000_000_000), Illustrative: true, "investment-1"),
        new NegotiationStarted(Project),
        new ProjectSigned(Project, Agreement, Day),
        new PaperAdded(Project, Agreement, Day),
        new PaperWithdrawn(Project, Agreement),
        new StageReached(Project, Stages.GroundBroken, Day),
        new StageWithdrawn(Project, Stages.GroundBroken, Day),
        new ProjectSuspended(Project),
        new ProjectResumed(Project),
        new ProjectFellOut(Project),
        new ProjectReinstated(Project),
        new ProjectDescribed(Project, Money.Yuan(1_000_000_000), Money.Yuan(600_000_000), "C3973", Origins.Foreign, "DE", "91330402MA2XXXXXX0", "驻点招商", "某商会", "block-1", "芯片 外资"),
        new OwnerAssigned(Project, "staff2", Day),
        new ProjectMerged(Project, Earlier),
        new ProjectUnmerged(Project, Earlier),
        new DuplicateTakenIn(Earlier, Project, [Stages.Lead, Stages.Signed], [Day, Day.AddDays(30)]),
        new DuplicateLetGo(Earlier, Project),
        new FollowUpLogged(Project, Claim, Day, "谈妥厂房面积", Day.AddDays(7)),
        new TimeLimitSet(Policy, Stages.Negotiating, 30),
        new ProjectFieldDefined(Policy, Term, "用地方式", FieldKinds.Choice, ["出让", "租赁"], Required: true),
        new ProjectFieldChanged(Policy, Term, "供地方式", ["出让"], ["租赁"], Required: true),
        new ProjectFieldRetired(Policy, Term, "用地方式"),
        new ProjectFieldTakenUp(Policy, Term, "用地方式"),
        new ProjectFieldFilled(Project, Term, "用地方式", "租赁", "出让"),
        new CapitalLogged(Claim, Project, Day, new Money(1_000_000, "USD"), new Money(600_000, "USD"), 7.1798m, "中国外汇交易中心", Money.Yuan(7_179_800), CapitalEvidence.BankSlip, "回单 001", Illustrative: true, "investment-1"),
        new CapitalConfirmed(Claim),
        new CapitalReturned(Claim),
        new CapitalRevoked(Claim),
        new AgreementFulfilled(Agreement, Day),
        new FulfilmentWithdrawn(Agreement),
        new AttachmentAdded(Agreement, Claim, "签署文本.pdf", AttachmentKinds.SignedPaper, "application/pdf", 1024, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        new AttachmentWithdrawn(Agreement, Claim),
        new ConditionNoted(Agreement, Claim, "项目取得环评批复", Day),
        new ConditionMet(Agreement, Claim, Day, "环评批复 2023-018"),
        new ConditionWaived(Agreement, Claim),
        new ConditionWithdrawn(Agreement, Claim),
        new ObligationAgreed(Claim, Agreement, Project, ObligationKinds.Invest, Day, Money.Yuan(50_000_000), "分两期到位", Illustrative: true, "investment-1"),
        new ObligationExtended(Claim, Day, Day.AddDays(30)),
        new ObligationFulfilled(Claim, Day, Fulfilments.Evidence, "完税证明 2024-001"),
        new ObligationReopened(Claim),
        new ObligationOverdue(Claim, Day),
        new EnterpriseRegistered(Claim, "示例微电子有限公司", "91330402MA2CT0001G", Day, Money.Yuan(10_000_000), Industries.Microelectronics, Illustrative: true, "investment-1"),
        new EnterpriseRenamed(Claim, "示例半导体有限公司"),
        new ChainRoleSet(Claim, "集成电路", ChainRoles.Leader),
        new ProjectLinked(Claim, Project),
        new ProjectUnlinked(Claim, Project),
        new EnterpriseAdmitted(Claim, "示例孵化器", CarrierKinds.Incubator, CarrierLevels.National, Day),
        new EnterpriseGraduated(Claim, Day),
        new DesignationGranted(Claim, Policy, DesignationKinds.HighTech, "省科技厅", "GR202300001", Day, Day.AddYears(3)),
        new DesignationWithdrawn(Claim, Policy),
        new EnterpriseListed(Claim, "sse-star", "688000", Day),
        new ListingEnded(Claim, Day),
        new EnterpriseLeft(Claim, Day),
        new RateDefined(Policy, Rates.Start, 2, Quantities.GroundBroken, Quantities.Signed, 2, Roundings.Truncate, 80, "某市招商引资考核办法", Day),
        new TargetSet(Policy, 2023, TargetMeasures.CapitalInPlace, TargetKinds.CityPlan, 1_000_000_000m, "市政府文件", Illustrative: true),
        new ProjectShared(Project, "investment-2"),
        new ProjectUnshared(Project, "investment-2"),

        new CeremonyScheduled(Ceremony, "攀高向新 扎根‘嘉’里", Day),
        new CeremonyHeld(Ceremony, Day),
        new ClaimRecorded(Claim, Ceremony, "《廿年创城 攀高逐新》", Day, 22, Money.Yuan(4_211_000_000), 8, Money.Yuan(881_400_000), 20.93m, [1_796_400_000m, 2_414_600_000m], Money.Yuan(4_211_000_000)),
        new CeremonyClosed(Ceremony),
        new CeremonyReopened(Ceremony),
        new AgendaSet(Ceremony, [Agreement, Earlier]),

        new AgreementDrafted(Agreement, "NH-2023-001", Project, Ceremony, "某公司", Industries.Microelectronics, Money.Yuan(90_000_000), Illustrative: true, "investment-1", Tiers.Contract, Earlier, FollowUps.Upgrade, Earlier, "某项目", ["某投资公司", "某研究院"], Money.Yuan(60_000_000)),
        new DraftCorrected(Agreement, "某公司", Money.Yuan(95_000_000), Tiers.Contract, ["某投资公司"], Money.Yuan(60_000_000)),
        new AgreementSigned(Agreement, Project, Ceremony, Money.Yuan(90_000_000), Day),
        new AgreementUpgraded(Agreement, Earlier, Project, Ceremony, Money.Yuan(90_000_000), Money.Yuan(50_000_000), Day),
        new InvestmentToppedUp(Agreement, Earlier, Project, Ceremony, Money.Yuan(20_000_000), Day),
        new OwnerReplaced(Agreement, Earlier, Earlier, Project, Ceremony, Money.Yuan(110_000_000), Day),
        new SigningConfirmed(Agreement),
        new SigningReturned(Agreement),
        new AgreementAmended(Agreement, Money.Yuan(90_000_000), Money.Yuan(110_000_000.1m), Money.Yuan(70_000_000), ["某产业基金"], Money.Yuan(20_000_000)),
        new AmendmentConfirmed(Agreement),
        new AmendmentReturned(Agreement),
        new AgreementTerminated(Agreement, Lapsed: true),
        new TerminationConfirmed(Agreement),
        new TerminationReturned(Agreement),
        new FundParticipationRequested(Agreement, Fund, Project, Money.Yuan(30_000_000)),
        new FundParticipationWithdrawn(Agreement, Fund),
        new FundingConfirmed(Agreement, Fund, Commitment, Money.Yuan(30_000_000)),
        new FundingRefused(Agreement, Fund, Money.Yuan(30_000_000), ParticipationObstacles.CapitalShort, Money.Yuan(20_000_000)),
        new FundingReleased(Agreement, Fund, Commitment, Money.Yuan(10_000_000)),

        new FundEstablished(Fund, "天使一号", FundKinds.DirectAngel, Money.Yuan(100_000_000), "investment-1"),
        new CommitmentRecorded(Commitment, Fund, Project, Money.Yuan(30_000_000)),
        new FundTermsSet(Fund, "示例投资管理有限公司", 2023, Day.AddYears(4), Day.AddYears(7), FeeBases.Committed, 2m, 8m, 20m, Recycling: true),
        new FamilySizeClaimed(Claim, Policy, "某市政府网站", Day, Money.Yuan(10_000_000_000), AtLeast: true),
        new FundSizeClaimed(Claim, Fund, "某市国资公报", Day, Money.Yuan(120_000_000)),
        new RaisingClosed(Fund, Money.Yuan(110_000_000)),
        new FundWoundUp(Fund),
        new FundEntryReturned(Claim, Fund),
        new PartnerAdmitted(Partner, Fund, "某母基金", PartnerKinds.MotherFund, Earlier),
        new SubscriptionLogged(Claim, Fund, Partner, Money.Yuan(50_000_000), Day),
        new SubscriptionConfirmed(Claim, Fund, Partner, Money.Yuan(50_000_000), Day),
        new SubscriptionRevoked(Claim, Fund, Partner, Money.Yuan(50_000_000), Day),
        new TransferLogged(Claim, Fund, Partner, Earlier, Money.Yuan(20_000_000), Day),
        new TransferConfirmed(Claim, Fund, Partner, Earlier, Money.Yuan(20_000_000), 8_000_000.00m, 6_000_000.00m, 1_000_000.00m, 500_000.00m, 250_000.00m, Day),
        new TransferReversalLogged(Policy, Claim, Fund, Partner, Earlier, Money.Yuan(20_000_000), 8_000_000.00m, 6_000_000.00m, 1_000_000.00m, 500_000.00m, 250_000.00m, Day),
        new TransferReversed(Policy, Claim, Fund, Partner, Earlier, Money.Yuan(20_000_000), 8_000_000.00m, 6_000_000.00m, 1_000_000.00m, 500_000.00m, 250_000.00m, Day),
        new DealReversalLogged(Policy, Commitment, Fund, Project, Agreement, Money.Yuan(30_000_000), Day),
        new DealReversed(Policy, Commitment, Fund, Project, Agreement, Money.Yuan(30_000_000), Day),
        new StakePaid(Policy, Earlier, Fund, Claim, Money.Yuan(5_000_000), Day),
        new StakeReturned(Policy, Earlier, Fund, Claim, Money.Yuan(5_000_000), 3_000_000.00m, Day),
        new StakeReversed(Policy, Earlier, Fund, Claim, "stake-returned", Money.Yuan(5_000_000), 3_000_000.00m, Day),
        new PeriodClosed(Fund, new DateOnly(2023, 9, 30)),
        new PeriodReopened(Fund, new DateOnly(2023, 7, 1), new DateOnly(2023, 9, 30)),
        new DealApproved(Commitment, Fund, Project, Agreement, Money.Yuan(30_000_000), Day),
        new DealCommitted(Commitment, Fund, Project, Agreement, Money.Yuan(30_000_000), Day),
        new DealResized(Commitment, Fund, Project, Agreement, Money.Yuan(30_000_000), Money.Yuan(40_000_000)),
        new DealCancelled(Commitment, Fund, Project, Agreement, Money.Yuan(10_000_000)),
        new ParticipationRefused(Agreement, Fund, Project, Money.Yuan(30_000_000), ParticipationObstacles.CapitalShort, Money.Yuan(20_000_000)),
        new FlowLogged(Claim, Fund, "distributed", Day, Money.Yuan(5_000_000), Partner, Commitment, 3_000_000.00m, Recallable: true),
        new FlowConfirmed(Claim, Fund, "distributed", Day, Money.Yuan(5_000_000), Partner, Commitment, 3_000_000.00m, Recallable: true),
        new FlowReversed(Claim, Fund, "distributed", Day, Money.Yuan(5_000_000), Partner, Commitment, 3_000_000.00m, Recallable: true),
        new FacilityOpened(Fund, "担保贷 1.0", FacilityProducts.GuaranteedLoan, "示例银行", Money.Yuan(50_000_000), Illustrative: true, "investment-1"),
        new FacilityEntryLogged(Fund, Claim, FacilityEntryKinds.Drawn, Day, Money.Yuan(3_000_000), "示例微电子有限公司", "借据 001"),
        new FacilityEntryConfirmed(Fund, Claim),
        new FacilityEntryReturned(Fund, Claim),
        new FacilityEntryRevoked(Fund, Claim),
        new FacilityLimitChanged(Fund, Money.Yuan(300_000_000), new DateOnly(2024, 1, 31), "授信批复 2024-3"),
        new ReinvestmentOpened(Policy, Fund, Illustrative: true, "investment-1"),
        new ReinvestmentRuleSet(Policy, 1, ReinvestmentBases.Partner, Account, 1.5m, [ReinvestmentWays.OwnSpending, ReinvestmentWays.HeadquartersMoved], [1m, 2m], NetOfTaxes: true, "合伙协议 2023-06", Day),
        new ReinvestmentLogged(Policy, Claim, 1, "示例微电子有限公司", ReinvestmentWays.OwnSpending, Day, Money.Yuan(10_000_000), Money.Yuan(600_000), "验资报告 001"),
        new ReinvestmentRecognised(Policy, Claim),
        new ReinvestmentReturned(Policy, Claim),
        new ReinvestmentRevoked(Policy, Claim),

        new AccountOpened(Account, "staff", "招商专员甲", "investment-1", Demo: true),
        new RoleGranted(Account, Roles.Staff),
        new RoleRevoked(Account, Roles.Staff),
        new DepartmentAssigned(Account, "investment-2"),
        new AccountDisabled(Account),
        new AccountEnabled(Account),
        new PasswordReset(Account),
        new SecondFactorReset(Account),
        new SecondFactorDemanded(Policy, Roles.Manager),
        new SecondFactorWaived(Policy, Roles.Manager),
        new ClientRegistered(Client, "city-portal", "市级平台", "figures.read deals.read", "investment-1"),
        new ClientSecretRenewed(Client),
        new ClientDisabled(Client),
        new TermAdded(Term, TermKinds.Department, "investment-1", "招商一部"),
        new TermRenamed(Term, "招商一处"),
        new TermRetired(Term),

        new AuditStarted(Policy, 90),
        new AuditStopped(Policy),
        new SourceFellSilent(Policy, "/nanhu/funds", SilenceCauses.RelayStopped),
        new SourceHeardAgain(Policy, "/nanhu/funds"),
        new LogKeyAdded(Policy, "luodi/nanhu+78521ad1+AUF68T4y48DzRmUq4B6KUuKnE7Q6I7URAgr4YRmQU7JZ"),
        new LogKeyRetired(Policy, "luodi/nanhu+78521ad1+AUF68T4y48DzRmUq4B6KUuKnE7Q6I7URAgr4YRmQU7JZ"),
        new ReconciliationFinished(Policy, Claim, 3210, 1, ["store /nanhu/funds 12: changed (data)"]),
        new ReportPublished(
            Claim, ReportKinds.Monthly, "2023-09", Ceremony, new(2023, 9, 30), 66, "2023-10-08T01:02:03.000000Z", """{"kind":"monthly"}""", "31f6f7ed02da3e9f9cd61cb7f0e1d5f0ff53e1ab4c9d0c8a4b1a7e5bd0b9c1e2", ["production 2"], Earlier),
        new ReportWithdrawn(Claim),
        new ReportSuperseded(Earlier, Claim),
    ];
}
