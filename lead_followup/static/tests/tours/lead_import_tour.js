import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { inputFiles } from "@web/../tests/utils";

const STATUS = (state) => `.o_statusbar_status button[data-value=${state}][aria-checked=true]`;

/** Runs one of our crons, as the scheduler would. */
async function runCron(name) {
    const call = (method, args) =>
        rpc(`/web/dataset/call_kw/ir.cron/${method}`, { model: "ir.cron", method, args, kwargs: {} });
    const [cronId] = await call("search", [[["cron_name", "=", name]]]);
    await call("method_direct_trigger", [[cronId]]);
}

/** From the show to the leads: a file, a corrected column, the forecast, the run. */
registry.category("web_tour.tours").add("lead_followup_import", {
    steps: () => [
        { trigger: "button[name=action_import]", run: "click" },
        {
            trigger: ".o_field_widget[name=trade_show_id] input:value(Tour Expo)",
        },
        {
            trigger: ".o_field_widget[name=file] .o_select_file_button",
            async run() {
                const answer = await fetch("/web/content/lead_followup.tour_sample_file");
                const file = new File([await answer.blob()], "leadcapture_us.csv");
                await inputFiles(".o_field_widget[name=file] .o_input_file", [file]);
            },
        },
        { trigger: ".o_field_widget[name=file] input:value(leadcapture_us.csv)" },
        { trigger: "button[name=action_preview]:contains(Preview)", run: "click" },
        { trigger: STATUS("previewed") },
        { trigger: "button[name=action_open_new_rows]:contains(47)" },
        { trigger: "button[name=action_open_rejected_rows]:contains(2)" },
        { content: "The heading tells why", trigger: "a[name=columns]", run: "click" },
        {
            trigger: ".o_data_row:contains(Device Name) td[name=origin]:contains(By its heading)",
        },
        { trigger: ".o_data_row:contains(Device Name) td[name=target]", run: "click" },
        {
            trigger: ".o_selected_row:contains(Device Name) td[name=target] .o_select_menu_toggler",
            run: "click",
        },
        { trigger: ".o_select_menu_item:contains(External ID)", run: "click" },
        { trigger: "button[name=action_preview]:contains(Preview Again)", run: "click" },
        {
            trigger: ".o_data_row:contains(Device Name) td[name=origin]:contains(Set by hand)",
        },
        { content: "Who was rejected?", trigger: "button[name=action_open_rejected_rows]", run: "click" },
        { trigger: ".o_searchview_facet:contains(Rejected)" },
        { trigger: ".o_list_view:contains(No usable e-mail or phone) .o_data_row" },
        { trigger: ".o_breadcrumb .o_back_button, .breadcrumb-item:last a", run: "click" },
        { content: "The forecast", trigger: "a[name=forecast]", run: "click" },
        { trigger: ".o_lead_forecast_mailed:contains(29)" },
        { trigger: "button[name=action_ask_import]", run: "click" },
        { trigger: ".modal:contains(29 people will be e-mailed)" },
        { trigger: ".modal button[name=action_import]:visible", run: "click" },
        { trigger: ".o_lead_import_progress" },
        {
            content: "The background work is done; the screen comes to know it without a reload",
            trigger: ".o_lead_import_progress",
            run: () => runCron("Leads: run imports"),
        },
        { trigger: STATUS("done"), timeout: 30000 },
        { trigger: "button[name=action_open_leads]:contains(47)" },
    ],
});

/** And back again. */
registry.category("web_tour.tours").add("lead_followup_import_undo", {
    steps: () => [
        { trigger: STATUS("done") },
        { trigger: "button[name=action_ask_undo]", run: "click" },
        { trigger: ".modal li:contains(New leads to be deleted) strong:contains(47)" },
        { trigger: ".modal button[name=action_undo]", run: "click" },
        { trigger: STATUS("undone") },
    ],
});
