/** The official client ships without types; these are the calls the tests make. */
declare module '@mailchimp/mailchimp_marketing' {
  type Options = Readonly<Record<string, unknown>>;

  interface Lists {
    getAllLists(options?: Options): Promise<unknown>;
    getList(listId: string, options?: Options): Promise<unknown>;
    batchListMembers(listId: string, body: Options, options?: Options): Promise<unknown>;
    getListMembersInfo(listId: string, options?: Options): Promise<unknown>;
    getListMember(listId: string, subscriberHash: string, options?: Options): Promise<unknown>;
    addListMember(listId: string, body: Options, options?: Options): Promise<unknown>;
    setListMember(listId: string, subscriberHash: string, body: Options, options?: Options): Promise<unknown>;
    updateListMember(
      listId: string,
      subscriberHash: string,
      body: Options,
      options?: Options,
    ): Promise<unknown>;
    deleteListMember(listId: string, subscriberHash: string): Promise<unknown>;
    deleteListMemberPermanent(listId: string, subscriberHash: string): Promise<unknown>;
    getListMemberTags(listId: string, subscriberHash: string, options?: Options): Promise<unknown>;
    updateListMemberTags(listId: string, subscriberHash: string, body: Options): Promise<unknown>;
    tagSearch(listId: string, options?: Options): Promise<unknown>;
    createSegment(listId: string, body: Options): Promise<unknown>;
    batchSegmentMembers(body: Options, listId: string, segmentId: string): Promise<unknown>;
    getListMergeFields(listId: string, options?: Options): Promise<unknown>;
    addListMergeField(listId: string, body: Options): Promise<unknown>;
    updateListMergeField(listId: string, mergeId: string, body: Options): Promise<unknown>;
    deleteListMergeField(listId: string, mergeId: string): Promise<unknown>;
    getListInterestCategories(listId: string, options?: Options): Promise<unknown>;
    createListInterestCategory(listId: string, body: Options): Promise<unknown>;
    createInterestCategoryInterest(listId: string, categoryId: string, body: Options): Promise<unknown>;
  }

  interface Client {
    basePath: string;
    setConfig(config: { apiKey?: string; accessToken?: string; server: string }): void;
    readonly ping: { get(): Promise<unknown> };
    readonly root: { getRoot(options?: Options): Promise<unknown> };
    readonly batches: {
      start(body: Options): Promise<unknown>;
      status(batchId: string, options?: Options): Promise<unknown>;
    };
    readonly lists: Lists;
    readonly campaigns: { list(options?: Options): Promise<unknown> };
    readonly reports: {
      getAllCampaignReports(options?: Options): Promise<unknown>;
      getEmailActivityForCampaign(campaignId: string, options?: Options): Promise<unknown>;
      getCampaignOpenDetails(campaignId: string, options?: Options): Promise<unknown>;
      getCampaignClickDetails(campaignId: string, options?: Options): Promise<unknown>;
      getUnsubscribedListForCampaign(campaignId: string, options?: Options): Promise<unknown>;
      getCampaignRecipients(campaignId: string, options?: Options): Promise<unknown>;
    };
  }

  const client: Client;
  export default client;
}
